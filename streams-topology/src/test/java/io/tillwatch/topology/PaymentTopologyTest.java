package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.cube.CubeSettings;
import io.tillwatch.topology.ingest.IngestCounts;
import io.tillwatch.topology.ingest.IngestSettings;
import io.tillwatch.topology.ingest.seen.DedupeSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentTopologyTest {

  private final Driven driven = Driven.withDefaults();

  @AfterEach
  void close() {
    driven.close();
  }

  @Test
  void acceptedEventsAddUpInLeavesAndRollUps() {
    driven.auth(driven.step("e1"));
    driven.auth(driven.declined("e2").setPsp("southpay"));
    driven.auth(driven.step("e3").setRegion("us-east"));
    Map<Slice, Tally> byPsp = driven.totals(EventKind.AUTH, Set.of(Dimension.PSP));
    assertThat(byPsp).hasSize(2);
    assertThat(byPsp.get(Slice.of(Map.of("psp", "northpay"))).successes(EventKind.AUTH))
        .isEqualTo(2);
    assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events()).isEqualTo(3);
    assertThat(driven.totals(EventKind.AUTH, Set.copyOf(Dimension.ALL))).hasSize(3);
  }

  @Test
  void duplicateIsCountedOnce() {
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e1").setAmountMinor(99));
    assertThat(driven.counts(EventKind.AUTH))
        .isEqualTo(new IngestCounts(1, 2, 0, 0, 1, 0, Driven.START.toEpochMilli()));
    assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events()).isEqualTo(1);
  }

  @Test
  void eventBehindTheAllowedLatenessIsLate() {
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e2").setEventTime(driven.now().minus(Duration.ofHours(1))));
    driven.auth(driven.step("e3").setEventTime(driven.now().minus(Duration.ofMillis(3_600_001))));
    assertThat(driven.counts(EventKind.AUTH).accepted()).isEqualTo(2);
    assertThat(driven.counts(EventKind.AUTH).late()).isEqualTo(1);
  }

  /** What each kind allows, the stores may have forgotten: they go by the newest of all kinds. */
  @Test
  void eventOlderThanTheStoresRememberIsLateAlthoughItsKindIsThere() {
    driven.refund("r1", driven.now().minus(Duration.ofHours(49)));
    driven.auth(driven.step("e1"));
    driven.refund("r2", driven.now().minus(Duration.ofHours(49)));
    driven.refund("r3", driven.now().minus(Duration.ofHours(47)));
    IngestCounts refunds = driven.counts(EventKind.REFUND);
    assertThat(refunds.accepted()).isEqualTo(2);
    assertThat(refunds.late()).isEqualTo(1);
  }

  /** Some producers number the events of each kind from one. */
  @Test
  void eventsOfTwoKindsMayHaveTheSameId() {
    driven.auth(driven.step("1"));
    driven.refund("1", driven.now());
    assertThat(driven.counts(EventKind.AUTH).accepted()).isEqualTo(1);
    assertThat(driven.counts(EventKind.REFUND).accepted()).isEqualTo(1);
  }

  @Test
  void horizonOfFourHundredDaysStillFindsTheDuplicate() {
    TopologySettings d = Driven.settings();
    IngestSettings ingest =
        new IngestSettings(
            Duration.ofDays(400),
            new DedupeSettings(true, Duration.ofDays(400), 1_000),
            d.ingest().futureSkew(),
            Set.of("northpay"),
            Set.of(),
            Set.of(),
            Secret.NONE);
    CubeSettings c = d.cube();
    CubeSettings cube =
        new CubeSettings(
            c.partitions(),
            Duration.ofDays(500),
            c.hoursRetention(),
            c.daysRetention(),
            c.grace(),
            c.silenceAfter(),
            c.sealAfter(),
            c.rollUps(),
            c.residentCellsMax(),
            c.minuteCellsMax(),
            c.valuesMax());
    TopologySettings settings =
        new TopologySettings(
            d.tenant(), d.applicationId(), 1, ingest, d.combine(), cube, d.watch(), d.runtime());
    try (Driven replay = new Driven(settings)) {
      for (int copy = 0; copy < 2; copy++) {
        for (int day = 0; day < 390; day += 30) {
          replay.auth(
              replay.step("d" + day).setEventTime(replay.now().minus(Duration.ofDays(day))));
        }
      }
      replay.auth(replay.step("other").setPsp("southpay"));
      assertThat(replay.counts(EventKind.AUTH).accepted()).isEqualTo(13);
      assertThat(replay.counts(EventKind.AUTH).duplicates()).isEqualTo(13);
      assertThat(replay.drain(replay.topics.deadLetters()))
          .extracting(DeadLetter::getReason)
          .containsExactly(DeadLetterReason.PSP_UNKNOWN);
      assertThat(replay.minutes(EventKind.AUTH)).hasSize(13);
    }
  }

  @Test
  void binRangeFromTheTopicGivesIssuerCountryAndScheme() {
    BinRange range =
        new BinRange("acme-debit", "41111100", "41111199", "Acme", "visa", "FR", "debit");
    driven.send(driven.topics.binRanges(), range.getStart(), range);
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e2").setBin("52000000").setIssuerCountry("DE"));
    assertThat(driven.reader().members(EventKind.AUTH, 10))
        .containsEntry(Dimension.BIN_RANGE, new TreeSet<>(Set.of("acme-debit", "mastercard")))
        .containsEntry(Dimension.SCHEME, new TreeSet<>(Set.of("visa", "mastercard")))
        .containsEntry(Dimension.ISSUER_COUNTRY, new TreeSet<>(Set.of("FR", "DE")));
  }

  @Test
  void unreadableBinRangeIsSkipped() {
    driven.sendBytes(driven.topics.binRanges(), "41111100", new byte[] {1, 2, 3});
    driven.auth(driven.step("e1"));
    assertThat(driven.reader().members(EventKind.AUTH, 10).get(Dimension.BIN_RANGE))
        .containsExactly("visa");
  }

  /** The store lies on disk: what is skipped may not lie there either. */
  @Test
  void binRangeWithCardDataOrAnAddressInItsNamesIsNotKept() {
    for (String name : List.of("4111111111111111", "ada@bank.example", "cvv 123")) {
      BinRange range =
          new BinRange("acme-debit", "41111100", "41111199", name, "visa", "FR", "debit");
      driven.send(driven.topics.binRanges(), range.getStart(), range);
      driven.send(driven.topics.binRanges(), name, range);
    }
    driven.auth(driven.step("e1"));
    assertThat(driven.reader().members(EventKind.AUTH, 10).get(Dimension.BIN_RANGE))
        .containsExactly("visa");
    assertThat(driven.keyed("bin-ranges").approximateNumEntries()).isZero();
  }

  @Test
  void minuteIsClosedWhenTheWatermarkHasPassedItByTheGrace() {
    driven.auth(driven.step("e1"));
    driven.moveClock(Duration.ofMillis(69_999));
    driven.auth(driven.step("e2"));
    assertThat(closedTo()).isEqualTo(Driven.START);
    driven.moveClock(Duration.ofMillis(1));
    driven.auth(driven.step("e3"));
    assertThat(closedTo()).isEqualTo(Driven.START.plusSeconds(60));
  }

  @Test
  void silenceClosesMinutesByTheClock() {
    driven.auth(driven.step("e1"));
    for (int i = 0; i < 89; i++) {
      driven.advance(Duration.ofSeconds(1));
    }
    assertThat(closedTo()).isEqualTo(Driven.START);
    for (int i = 0; i < 12; i++) {
      driven.advance(Duration.ofSeconds(1));
    }
    assertThat(closedTo()).isEqualTo(Driven.START.plusSeconds(60));
  }

  @Test
  void taskThatStaysIdleSaysSoAgain() {
    driven.auth(driven.step("e1"));
    for (int i = 0; i < 30; i++) {
      driven.advance(Duration.ofSeconds(1));
    }
    assertThat(driven.blocks())
        .filteredOn(block -> block.head().kind() == EventKind.AUTH && block.head().idle())
        .hasSizeGreaterThan(2);
  }

  @Test
  void longGapIsNotWalkedMinuteByMinute() {
    driven.auth(driven.step("e1"));
    driven.moveClock(Duration.ofDays(10));
    driven.auth(driven.step("e2"));
    for (int goes = 0; goes < 15; goes++) {
      driven.advance(Duration.ofSeconds(1));
    }
    assertThat(closedTo()).isEqualTo(Driven.START.plus(Duration.ofDays(10)).minusSeconds(60));
    assertThat(driven.metrics.get("tillwatch.cube.minutes.skipped").counter().count())
        .isEqualTo(12_858);
  }

  @Test
  void metricsAddUpToTheRecordsReceived() {
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e1"));
    driven.auth(driven.step("e2").setCurrency("eur"));
    driven.auth(driven.step("e3").setEventTime(driven.now().minus(Duration.ofHours(2))));
    double records =
        driven.metrics.get("tillwatch.ingest.records").tag("kind", "auth").counters().stream()
            .mapToDouble(Counter::count)
            .sum();
    assertThat(records).isEqualTo(4);
    assertThat(
            driven.metrics.get("tillwatch.ingest.received").tag("kind", "auth").counter().count())
        .isEqualTo(4);
    assertThat(
            driven
                .metrics
                .get("tillwatch.ingest.dead.letters")
                .tag("reason", "currency")
                .counter()
                .count())
        .isEqualTo(1);
  }

  private Instant closedTo() {
    return Instant.ofEpochMilli(driven.reader().reached(EventKind.AUTH).closedToMillis());
  }
}
