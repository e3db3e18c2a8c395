package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {

  private static final int LEAVES = 20_000;

  private final Map<String, byte[]> store = new HashMap<>();

  @Test
  void aBusyMinuteIsStoredInEntriesThatABrokerTakes() {
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    watch.closeMinute(Rails.at(0), busyMinute(), Rails.at(1));
    drain(watch.drainState());

    assertThat(store.values().stream().mapToLong(value -> value.length).sum())
        .isGreaterThan(1024 * 1024);
    assertThat(store)
        .allSatisfy(
            (key, value) -> assertThat(value.length).as(key).isLessThan(Journal.CHUNK_BYTES + 100));
    assertThat(chunksOfMinute(0)).isGreaterThan(1);
  }

  @Test
  void aBusyMinuteIsRestoredWhole() {
    byte[] minute = emptyMinute();
    byte[] large = Arrays.copyOf(minute, 3 * Journal.CHUNK_BYTES + 1);
    for (int i = minute.length; i < large.length; i++) {
      large[i] = (byte) (i * 31);
    }
    Journal journal = new Journal();
    journal.minute(Rails.at(0), large);
    drain(journal.drain());
    Journal again = new Journal();
    store.forEach(again::restore);

    assertThat(again.takeRestored().minutes()).containsExactly(large);
  }

  @Test
  void allOfABusyMinuteIsDeletedAgain() {
    Journal journal = new Journal();
    journal.minute(Rails.at(0), new byte[3 * Journal.CHUNK_BYTES]);
    drain(journal.drain());
    Journal again = new Journal();
    store.forEach(again::restore);
    again.takeRestored();

    again.minute(Rails.at(Journal.STORED_MINUTES - 1), new byte[1]);
    drain(again.drain());
    assertThat(chunksOfMinute(0)).isEqualTo(3);
    again.minute(Rails.at(Journal.STORED_MINUTES), new byte[1]);
    drain(again.drain());
    assertThat(chunksOfMinute(0)).isZero();
    assertThat(store).hasSize(2);
  }

  @Test
  void aMissingChunkIsNamed() {
    Journal journal = new Journal();
    journal.minute(Rails.at(0), new byte[3 * Journal.CHUNK_BYTES]);
    drain(journal.drain());
    String gone = "m/" + Rails.at(0) / Watch.MINUTE_MILLIS + "/1";
    store.remove(gone);
    Journal again = new Journal();
    store.forEach(again::restore);

    assertThatThrownBy(again::takeRestored)
        .hasMessageContaining(gone)
        .hasMessageContaining("missing");
  }

  private long chunksOfMinute(int minute) {
    String prefix = "m/" + Rails.at(minute) / Watch.MINUTE_MILLIS + "/";
    return store.keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  private static byte[] emptyMinute() {
    Leaves none = new Leaves();
    Intake nobody = new Intake(none, 1, none::add);
    MinuteLeaves leaves = new TallyLeaves(EventKind.AUTH, Map.of());
    return new MinuteWriter().write(Rails.at(0), Rails.at(1), leaves, nobody, none).stored();
  }

  private static Map<Slice, Tally> busyMinute() {
    Map<Slice, Tally> cells = new HashMap<>();
    for (int leaf = 0; leaf < LEAVES; leaf++) {
      Tally tally = new Tally();
      for (int event = 0; event < 16; event++) {
        tally.add(
            EventKind.AUTH, Outcome.APPROVED, null, 1, "EUR", 5_000, (long) Math.pow(1.7, event));
      }
      Slice name =
          Slice.leaf(
              "northpay", "visa", "eu", "card", "visa", "DE", "merchant-" + leaf, "gw", "yes");
      cells.put(name, tally);
    }
    return cells;
  }

  private void drain(Iterable<StateEntry> entries) {
    for (StateEntry entry : entries) {
      if (entry.value() == null) {
        store.remove(entry.key());
      } else {
        store.put(entry.key(), entry.value());
      }
    }
  }
}
