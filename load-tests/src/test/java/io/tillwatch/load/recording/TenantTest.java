package io.tillwatch.load.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, -9, Long.MAX_VALUE})
  void sharesSumToOneAndATenthIsCanary(long seed) {
    Tenant tenant = new Tenant(seed);
    assertThat(tenant.share(Cell.ALL)).isCloseTo(1, within(1e-9));
    assertThat(tenant.share(Cell.ofCanary())).isCloseTo(0.1, within(1e-9));
    assertThat(tenant.cube().bins()).hasSize(8).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everySeedIsAnotherTenant() {
    Tenant one = new Tenant(1);
    Tenant two = new Tenant(2);
    assertThat(one.cube().bins()).isNotEqualTo(two.cube().bins());
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      assertThat(one.share(leaf)).isNotEqualTo(two.share(leaf));
      assertThat(one.logit(leaf)).isNotEqualTo(two.logit(leaf));
    }
    assertThat(one.medianMillis(0, 0)).isNotEqualTo(two.medianMillis(0, 0));
    assertThat(one.reasons(0, 0).share(0)).isNotEqualTo(two.reasons(0, 0).share(0));
  }

  @Test
  void versionMakesNoDifferenceToSuccess() {
    Tenant tenant = new Tenant(4);
    for (int leaf = 0; leaf < Cube.LEAVES; leaf += Cube.VERSIONS) {
      assertThat(tenant.logit(leaf)).isEqualTo(tenant.logit(leaf + 1));
    }
  }

  /** What happens in a PSP must not be nearly the same leaves as what happens in a region. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noPspHasNearlyAllOfARegion(long seed) {
    Tenant tenant = new Tenant(seed);
    for (int region = 0; region < Cube.REGIONS; region++) {
      double whole = tenant.share(Cell.ofRegion(region));
      for (int psp = 0; psp < Cube.PSPS; psp++) {
        assertThat(tenant.share(Cell.ofRegion(region).atPsp(psp)) / whole).isLessThan(0.8);
      }
    }
  }

  @Test
  void trafficHasMeanOneOverAWeekAndRestsAtNightAndOnWeekends() {
    DayProfile profile = new DayProfile(-6);
    double[] week =
        IntStream.range(0, 7 * RecordingSettings.MINUTES_PER_DAY)
            .mapToDouble(profile::traffic)
            .toArray();
    assertThat(Arrays.stream(week).average().orElseThrow()).isCloseTo(1, within(1e-9));
    int afternoonThere = 20 * 60;
    int nightThere = 8 * 60;
    int saturday = 5 * RecordingSettings.MINUTES_PER_DAY;
    assertThat(week[afternoonThere]).isGreaterThan(4 * week[nightThere]);
    assertThat(week[saturday + afternoonThere]).isLessThan(0.8 * week[afternoonThere]);
    assertThat(profile.daylight(afternoonThere)).isCloseTo(1, within(1e-9));
  }

  @Test
  void leavesAreNumberedByTheirValues() {
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      assertThat(Cube.leaf(Cube.psp(leaf), Cube.region(leaf), Cube.bin(leaf), Cube.version(leaf)))
          .isEqualTo(leaf);
      assertThat(Cell.ofLeaf(leaf).holds(leaf)).isTrue();
    }
    assertThat(IntStream.range(0, Cube.LEAVES).filter(Cell.ofPsp(2)::holds).count()).isEqualTo(64);
    assertThat(IntStream.range(0, Cube.LEAVES).filter(Cell.ofBin(7).inRegion(1)::holds)).hasSize(8);
  }
}
