package io.tillwatch.topology.ingest.seen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.delivery.Value;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: what was seen is told as plain maps tell it, whatever is in memory, spilled or restored.
 * Method: seeded ids, event times around the borders of slots, commits, crashes and clean starts at
 * arbitrary points, with bounds from far too small to never reached.
 */
class SeenEventsTest {

  private static final long HORIZON_MILLIS = 72 * 3_600_000L;
  private static final int STEPS = 30_000;
  private static final EventKind[] KINDS = {EventKind.AUTH, EventKind.REFUND};

  private final byte[] id = new byte[Long.BYTES];
  private final Value idAsValue = Value.of(id);

  private static DedupeSettings settings(int idsMax) {
    return new DedupeSettings(true, Duration.ofMillis(HORIZON_MILLIS), idsMax);
  }

  @ParameterizedTest
  @CsvSource({"1, 1000000", "2, 3000", "3, 500", "4, 40", "5, 2", "6, 1500", "7, 200"})
  void tellsWhatMapsTell(long seed, int idsMax) {
    SplittableRandom random = new SplittableRandom(seed);
    MapSeenStore store = new MapSeenStore();
    MapSeenStore committedStore = store.copy();
    SeenOracle oracle = new SeenOracle(HORIZON_MILLIS);
    SeenOracle committed = oracle.copy();
    SeenEvents seen = new SeenEvents(store, settings(idsMax));
    long now = 20_000 * HORIZON_MILLIS;
    for (int step = 0; step < STEPS; step++) {
      int what = random.nextInt(3_000);
      if (what < 30) {
        seen.commit();
        committedStore = store.copy();
        committed = oracle.copy();
      } else if (what < 33) {
        store = committedStore.copy();
        oracle = committed.copy();
        seen = new SeenEvents(store, settings(idsMax));
        assertThat(idsHeld(seen)).as("ids at step %d", step).isEqualTo(oracle.ids());
      } else if (what < 34) {
        now += random.nextLong(3 * HORIZON_MILLIS / 2);
      }
      String name = KINDS[random.nextInt(2)] + "/" + random.nextInt(2_000 + step);
      String value = random.nextInt(20) == 0 ? "other" : "value of " + name;
      long time = now - time(random);
      if (what % 3 == 0) {
        expectAnything(seen, random);
      }
      Seen expected = oracle.look(name, time, value);
      assertThat(look(seen, name, time, value)).as("step %d", step).isEqualTo(expected);
      if (expected == Seen.NEW && random.nextInt(10) > 0) {
        oracle.remember(name, time, value);
        seen.remember();
      }
      assertThat(seen.counts().idsInMemory()).isLessThanOrEqualTo(idsMax);
    }
    assertThat(idsHeld(seen)).isEqualTo(oracle.ids());
  }

  /** A group of which nothing is looked at. */
  private static void expectAnything(SeenEvents seen, SplittableRandom random) {
    byte[] bytes = new byte[20];
    for (int i = random.nextInt(Dedupe.EXPECTED_MAX + 1); i > 0; i--) {
      random.nextBytes(bytes);
      seen.expect(EventKind.AUTH, bytes, random.nextInt(10), random.nextInt(10));
    }
    seen.prepare();
  }

  /** Mostly of today, some around the borders of slots, some so old that they are forgotten. */
  private static long time(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0 -> random.nextInt(5) * HORIZON_MILLIS + random.nextInt(3) - 1;
      case 1 -> random.nextLong(4 * HORIZON_MILLIS);
      default -> random.nextLong(HORIZON_MILLIS / 3);
    };
  }

  private static long idsHeld(SeenEvents seen) {
    return seen.counts().idsInMemory() + seen.counts().idsSpilled();
  }

  private static Seen look(SeenEvents seen, String name, long time, String value) {
    int slash = name.indexOf('/');
    byte[] bytes = ("xx" + name + "yy").getBytes(UTF_8);
    int length = bytes.length - 2 - 2 - slash - 1;
    EventKind kind = EventKind.valueOf(name.substring(0, slash));
    Value of = Value.of(value.getBytes(UTF_8));
    return Looks.at(seen, kind, bytes, 2 + slash + 1, length, time, of);
  }

  @Test
  void eachOfAGroupIsLookedAtByItsNumber() {
    SeenEvents seen = new SeenEvents(new MapSeenStore(), settings(1_000_000));
    Value value = Value.of("v".getBytes(UTF_8));
    for (int group = 0; group < 3; group++) {
      int[] numbers = new int[Dedupe.EXPECTED_MAX];
      for (int i = 0; i < numbers.length; i++) {
        byte[] name = ("id " + i % 10).getBytes(UTF_8);
        numbers[i] = seen.expect(EventKind.AUTH, name, 0, name.length);
      }
      seen.prepare();
      for (int i = 0; i < numbers.length; i++) {
        boolean isFirst = group == 0 && i < 10;
        Seen expected = isFirst ? Seen.NEW : Seen.DUPLICATE;
        assertThat(seen.look(numbers[i], HORIZON_MILLIS, value)).isEqualTo(expected);
        if (isFirst) {
          seen.remember();
        }
      }
    }
    assertThat(idsHeld(seen)).isEqualTo(10);
  }

  @Test
  void copiesLessThanAHorizonApartAreCaughtAndThoseTwoHorizonsApartAreNot() {
    SplittableRandom random = new SplittableRandom(8);
    SeenEvents seen = new SeenEvents(new MapSeenStore(), settings(1_000_000));
    for (int i = 0; i < 10_000; i++) {
      long first = 100 * HORIZON_MILLIS + random.nextLong(HORIZON_MILLIS);
      long apart = random.nextLong(2 * HORIZON_MILLIS - 1) - HORIZON_MILLIS + 1;
      assertThat(look(seen, "AUTH/" + i, first, "v")).isEqualTo(Seen.NEW);
      seen.remember();
      assertThat(look(seen, "AUTH/" + i, first + apart, "v")).isEqualTo(Seen.DUPLICATE);
      long far = first + 2 * HORIZON_MILLIS;
      assertThat(look(seen, "AUTH/" + i, far, "v")).isEqualTo(Seen.NEW);
    }
  }

  /** What every id has in common must not matter. */
  @Test
  void idsThatCountUpAreSpreadOverAllShards() {
    SeenEvents seen = new SeenEvents(new MapSeenStore(), settings(1_000_000));
    for (int i = 0; i < 400_000; i++) {
      assertThat(look(seen, "AUTH/evt_00000%d".formatted(i), 0, "v")).isEqualTo(Seen.NEW);
      seen.remember();
    }
    assertThat((double) seen.bytes() / 400_000).isBetween(16.0, 24.0);
  }

  @Test
  void aMillionIdsTakeAtMost24BytesEach() {
    MapSeenStore store = new MapSeenStore();
    SeenEvents seen = new SeenEvents(store, settings(2_000_000));
    double sum = 0;
    for (int thousand = 0; thousand < 1_000; thousand++) {
      fill(seen, thousand * 1_000L, 1_000);
      double bytesPerId = (double) seen.bytes() / ((thousand + 1) * 1_000);
      assertThat(thousand < 100 ? 0 : bytesPerId).isLessThanOrEqualTo(25);
      sum += bytesPerId / 1_000;
    }
    seen.commit();
    assertThat(seen.bytes() / 1_000_000.0).isLessThanOrEqualTo(24);
    assertThat(sum).as("mean while they came").isLessThanOrEqualTo(24);
    assertThat(store.bytes() / 1_000_000.0).isBetween(16.0, 16.1);
  }

  @Test
  void spilledIdsLeaveTheirBlocksAndTakeFewBytes() {
    int ids = 1_000_000;
    MapSeenStore store = new MapSeenStore();
    SeenEvents seen = new SeenEvents(store, settings(150_000));
    for (int thousand = 0; thousand < ids / 1_000; thousand++) {
      fill(seen, thousand * 1_000L, 1_000);
      seen.commit();
    }
    assertThat(idsHeld(seen)).isEqualTo(ids);
    assertThat(seen.bytes()).isLessThanOrEqualTo(150_000L * DedupeSettings.BYTES_PER_ID);
    assertThat((double) store.bytes() / ids).isLessThanOrEqualTo(40);
    SeenEvents again = new SeenEvents(store, settings(150_000));
    assertThat(again.counts().idsInMemory()).isEqualTo(seen.counts().idsInMemory());
    assertThat(again.counts().idsSpilled()).isEqualTo(seen.counts().idsSpilled());
  }

  @Test
  void filtersRuleOutNearlyAllForeignIds() {
    SeenEvents seen = new SeenEvents(new MapSeenStore(), settings(400_000));
    fill(seen, 0, 1_000_000);
    assertThat(seen.counts().idsSpilled()).isGreaterThan(600_000);
    long readsBefore = seen.counts().runReads();
    for (int i = 0; i < 100_000; i++) {
      assertThat(lookAt(seen, 2_000_000 + i)).isEqualTo(Seen.NEW);
    }
    assertThat(seen.counts().falseHits()).isPositive();
    assertThat(seen.counts().runReads() - readsBefore).isLessThan(100_000 / 10);
  }

  @Test
  void withoutRoomForFiltersTheStoreStillDecides() {
    SeenEvents seen = new SeenEvents(new MapSeenStore(), settings(400));
    fill(seen, 0, 40_000);
    assertThat(seen.counts().filterBytes())
        .as("half of the room, and used")
        .isBetween(100L * DedupeSettings.BYTES_PER_ID, 200L * DedupeSettings.BYTES_PER_ID);
    for (int i = 0; i < 40_000; i += 7) {
      assertThat(lookAt(seen, i)).isEqualTo(Seen.DUPLICATE);
    }
  }

  @Test
  void nothingIsAllocatedPerEvent() {
    SeenEvents seen = new SeenEvents(new MapSeenStore(), settings(2_000_000));
    fill(seen, 0, 400_000);
    long duplicates = 0;
    long before = allocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      duplicates += lookAt(seen, i) == Seen.DUPLICATE ? 1 : 0;
      duplicates += lookAt(seen, i + 1_000_000) == Seen.DUPLICATE ? 1 : 0;
    }
    assertThat(allocatedBytes() - before).isLessThan(10_000);
    assertThat(duplicates).isEqualTo(100_000);
    before = allocatedBytes();
    fill(seen, 400_000, 800_000);
    // About 52: 16 for the block, the rest for tables that grow; an object each would be 16 more.
    assertThat((allocatedBytes() - before) / 800_000.0).isLessThan(64);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private void fill(SeenEvents seen, long from, int count) {
    for (long i = from; i < from + count; i++) {
      if (lookAt(seen, i) == Seen.NEW) {
        seen.remember();
      }
    }
  }

  private Seen lookAt(SeenEvents seen, long number) {
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) (number >>> i * Byte.SIZE);
    }
    return Looks.at(seen, id, HORIZON_MILLIS, idAsValue);
  }
}
