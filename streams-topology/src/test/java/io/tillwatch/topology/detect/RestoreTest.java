package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Goal: a watch that was stopped after any minute goes on exactly as if it had not been.
 *
 * <p>Method: one watch runs through an outage, a silence and a day's end without a stop; for every
 * minute a second one is restored from what the first had stored and lives on beside it. What both
 * find, and every byte that both store, has to be equal. Minutes are looked at when half of each is
 * over; where something is found then, a stop comes before the rest of the minute as well.
 */
class RestoreTest {

  private static final int MINUTES = 420;
  private static final WatchSettings SETTINGS =
      new WatchSettings(WatchSettings.DEFAULT.dimensions(), 10_080, 12, 30, 300, 5_000);

  private final List<Map<Slice, Tally>> halves = new ArrayList<>();
  private final List<Map<Slice, Tally>> minutes = new ArrayList<>();
  private final List<Findings> early = new ArrayList<>();
  private final List<Findings> found = new ArrayList<>();

  /** What was stored before the rest of a minute in which something was found early. */
  private final Map<Integer, Map<String, byte[]>> storedEarly = new HashMap<>();

  private final List<Map<String, byte[]>> stored = new ArrayList<>();
  private final List<Map<String, String>> drained = new ArrayList<>();

  RestoreTest() {
    Rails rails =
        new Rails(21, EventKind.AUTH, 200)
            .fails(Rails.cell("psp", "northpay"), 130, 150, .9)
            .grows(Rails.cell("psp", "alpinepay"), 235, 262, 0)
            .fails(Rails.cell("region", "latam"), 300, 330, .5);
    Watch watch = new Watch(SETTINGS, "acme", EventKind.AUTH);
    Map<String, byte[]> store = new HashMap<>();
    for (int minute = 0; minute < MINUTES; minute++) {
      List<Map<Slice, Tally>> filling = rails.filling(minute, 2);
      boolean isEmpty = minute % 97 == 96;
      halves.add(isEmpty ? Map.of() : filling.getFirst());
      minutes.add(isEmpty ? Map.of() : filling.getLast());
      early.add(look(watch, minute));
      if (!early.getLast().bursts().isEmpty()) {
        drain(watch, store);
        storedEarly.put(minute, new HashMap<>(store));
      }
      found.add(close(watch, minute));
      drained.add(drain(watch, store));
      stored.add(new HashMap<>(store));
    }
  }

  @Test
  void aWatchStoppedAfterAnyMinuteGoesOnAsIfItHadNot() {
    for (int stop = 0; stop < MINUTES - 1; stop++) {
      int until = stop % 40 == 7 ? MINUTES : Math.min(MINUTES, stop + 4);
      Watch watch = restored(stop);
      for (int minute = stop + 1; minute < until; minute++) {
        assertThat(look(watch, minute))
            .as("half of minute %d after a stop at %d", minute, stop)
            .isEqualTo(early.get(minute));
        if (storedEarly.containsKey(minute)) {
          drain(watch, new HashMap<>());
        }
        closesAsBefore(watch, minute, stop);
      }
    }
  }

  @Test
  void aWatchStoppedBetweenAnEarlyFindAndTheRestOfTheMinuteGoesOnAsIfItHadNot() {
    assertThat(storedEarly).as("minutes in which something was found early").isNotEmpty();
    storedEarly.forEach((stop, store) -> {
      Watch watch = restored(store);
      assertThat(look(watch, stop).bursts()).as("found twice in minute %d", stop).isEmpty();
      for (int minute = stop; minute < Math.min(MINUTES, stop + 30); minute++) {
        if (minute > stop) {
          assertThat(look(watch, minute)).isEqualTo(early.get(minute));
        }
        closesAsBefore(watch, minute, stop);
      }
    });
  }

  private void closesAsBefore(Watch watch, int minute, int stop) {
    assertThat(close(watch, minute))
        .as("minute %d after a stop at %d", minute, stop)
        .isEqualTo(found.get(minute));
    assertThat(drain(watch, new HashMap<>()))
        .as("stored in minute %d after a stop at %d", minute, stop)
        .isEqualTo(drained.get(minute));
  }

  @Test
  void somethingWasFoundToCompare() {
    long bursts =
        Stream.concat(early.stream(), found.stream())
            .flatMap(findings -> findings.bursts().stream())
            .map(burst -> burst.getBurstId())
            .distinct()
            .count();

    // Two outages, a silence of a PSP, and four minutes without any event.
    assertThat(bursts).isEqualTo(7);
  }

  @Test
  void findingsDoNotDependOnTheOrderOfAHashMap() {
    Watch watch = new Watch(SETTINGS, "acme", EventKind.AUTH);
    Random random = new Random(5);
    for (int minute = 0; minute < MINUTES; minute++) {
      List<Map.Entry<Slice, Tally>> shuffled = new ArrayList<>(minutes.get(minute).entrySet());
      Collections.shuffle(shuffled, random);
      Map<Slice, Tally> cells = new LinkedHashMap<>();
      shuffled.forEach(cell -> cells.put(cell.getKey(), cell.getValue()));

      look(watch, minute);
      assertThat(watch.closeMinute(Rails.at(minute), cells, Rails.at(minute + 1)))
          .isEqualTo(found.get(minute));
    }
  }

  @Test
  void storedMinutesAreDeletedAgain() {
    long kept = stored.getLast().keySet().stream().filter(key -> key.startsWith("m/")).count();

    assertThat(kept).isEqualTo(Journal.STORED_MINUTES);
  }

  @Test
  void aChangePerMinuteIsSmallerThanACheckpoint() {
    Map<String, byte[]> last = stored.getLast();
    int checkpoint = last.get("c/0").length;

    assertThat(last)
        .allSatisfy((key, value) -> {
          if (key.startsWith("m/")) {
            assertThat(value.length).isLessThan(checkpoint / 4);
          }
        });
  }

  @Test
  void anUnknownFormatIsRefused() {
    Watch watch = new Watch(SETTINGS, "acme", EventKind.AUTH);
    byte[] strange = stored.getLast().get("c/0").clone();
    strange[0] = 99;
    watch.restore("c/0", strange);

    assertThatThrownBy(() -> watch.worst(1)).hasMessageContaining("has format 99, expected 3 to 4");
  }

  private Watch restored(int stop) {
    return restored(stored.get(stop));
  }

  private static Watch restored(Map<String, byte[]> store) {
    Watch watch = new Watch(SETTINGS, "acme", EventKind.AUTH);
    store.forEach(watch::restore);
    return watch;
  }

  private Findings look(Watch watch, int minute) {
    TallyLeaves half = new TallyLeaves(EventKind.AUTH, halves.get(minute));
    return watch.lookEarly(Rails.at(minute), half, Rails.at(minute) + 30_000);
  }

  private Findings close(Watch watch, int minute) {
    return watch.closeMinute(Rails.at(minute), minutes.get(minute), Rails.at(minute + 1));
  }

  private static Map<String, String> drain(Watch watch, Map<String, byte[]> store) {
    Map<String, String> changes = new HashMap<>();
    for (StateEntry entry : watch.drainState()) {
      if (entry.value() == null) {
        store.remove(entry.key());
      } else {
        store.put(entry.key(), entry.value());
      }
      changes.put(entry.key(), entry.value() == null ? "gone" : Arrays.toString(entry.value()));
    }
    return changes;
  }
}
