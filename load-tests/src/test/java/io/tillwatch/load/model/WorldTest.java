package io.tillwatch.load.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldTest {

  private static final long NOON = Instant.parse("2026-11-18T12:00:00Z").toEpochMilli();

  @Test
  void binRangesAreEightDigitsThatStartAsTheirSchemeDoes() {
    for (long seed = 0; seed < 50; seed++) {
      List<BinRange> ranges = World.draw(seed, 200).binRanges();
      Set<String> starts = new HashSet<>();
      for (BinRange range : ranges) {
        assertThat(range.getStart()).matches("\\d{8}").isLessThan(range.getEnd());
        assertThat(range.getEnd()).matches("\\d{8}");
        assertThat(range.getStart()).matches(prefixOf(range.getScheme()));
        assertThat(range.getId()).isEqualTo(range.getScheme() + "-" + range.getStart());
        assertThat(starts.add(range.getStart())).isTrue();
      }
      assertThat(ranges).hasSize(40);
    }
  }

  private static String prefixOf(String scheme) {
    return switch (scheme) {
      case "visa" -> "4.*";
      case "mastercard" -> "5[1-5].*";
      default -> "3[47].*";
    };
  }

  @Test
  void slicesOfADimensionAddUpToTheWhole() {
    World world = World.draw(5, 200);
    double whole = world.expectedAuthsPerMinute(Slice.TOTAL, NOON);
    for (Dimension dimension :
        List.of(
            Dimension.PSP,
            Dimension.REGION,
            Dimension.BIN_RANGE,
            Dimension.MERCHANT_ACCOUNT,
            Dimension.CONNECTOR_VERSION)) {
      double sum =
          world.values(dimension).stream()
              .map(value -> Slice.TOTAL.with(dimension, value))
              .mapToDouble(slice -> world.expectedAuthsPerMinute(slice, NOON))
              .sum();
      assertThat(sum).as(dimension.label()).isCloseTo(whole, within(1e-9 * whole));
    }
  }

  @Test
  void aFewBinRangesCarryMostOfTheTrafficAsZipfSays() {
    World world = World.draw(5, 200);
    List<Double> rates =
        world.values(Dimension.BIN_RANGE).stream()
            .map(id -> Slice.TOTAL.with(Dimension.BIN_RANGE, id))
            .map(slice -> world.expectedAuthsPerMinute(slice, NOON))
            .sorted((a, b) -> Double.compare(b, a))
            .toList();
    double whole = world.expectedAuthsPerMinute(Slice.TOTAL, NOON);
    double topEight = rates.subList(0, 8).stream().mapToDouble(d -> d).sum();
    double lastTwenty = rates.subList(20, 40).stream().mapToDouble(d -> d).sum();
    assertThat(topEight / whole).isBetween(0.40, 0.70);
    assertThat(lastTwenty / whole).isLessThan(0.25);
  }

  @Test
  void noTwoRegionsPspsOrMerchantsAreTheSameTrafficUnderTwoNames() {
    World world = World.draw(5, 200);
    for (String region : world.values(Dimension.REGION)) {
      Slice slice = Slice.TOTAL.with(Dimension.REGION, region);
      double whole = world.expectedAuthsPerMinute(slice, NOON);
      for (Dimension other :
          List.of(Dimension.PSP, Dimension.MERCHANT_ACCOUNT, Dimension.BIN_RANGE)) {
        for (String value : world.values(other)) {
          double part = world.expectedAuthsPerMinute(slice.with(other, value), NOON);
          assertThat(part / whole).isLessThan(0.6);
        }
      }
    }
  }

  @Test
  void aRateThatIsNoRateIsRefused() {
    assertThatThrownBy(() -> World.draw(1, 0)).hasMessageContaining("more than 0");
    assertThatThrownBy(() -> World.draw(1, Double.NaN)).hasMessageContaining("NaN");
  }
}
