package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: a burst tells how many attempts are retries, before and since, and admits not to know. */
class RetriesTest {

  private static final int HISTORY = 240;
  private static final Slice NORTHPAY = Rails.cell("psp", "northpay");

  @Test
  void aBurstTellsTheShareOfRetriesBeforeAndSince() {
    Rails rails =
        new Rails(3, EventKind.AUTH, 250)
            .fails(NORTHPAY, HISTORY, HISTORY + 10, .9)
            .retries(Rails.leaf(0, 0, 1, 3), HISTORY - 30, HISTORY, 2)
            .retries(Rails.leaf(0, 0, 1, 3), HISTORY, HISTORY + 10, 60);
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    List<Burst> bursts = new ArrayList<>();
    for (int minute = 0; minute < HISTORY + 8; minute++) {
      bursts.addAll(
          watch.closeMinute(Rails.at(minute), rails.minute(minute), Rails.at(minute + 1)).bursts());
    }

    Burst last = bursts.getLast();
    assertThat(last.getRootCells().getFirst().getSlice()).isEqualTo(NORTHPAY.toMap());
    // 75 payments a minute at this PSP; 2 retries in half of the minutes before, 60 in each since.
    assertThat(last.getRetryShareBefore()).isEqualTo(1.0 / 76, within(.005));
    assertThat(last.getRetryShareSince()).isEqualTo(60.0 / 135, within(.05));
  }

  @Test
  void whatWasStoredBeforeAttemptsWereCountedIsReadAndKnowsNoRetries() {
    Stretch counted = new Stretch();
    counted.minutes = 3;
    counted.events = 40;
    counted.judged = 38;
    counted.failures = 4;
    counted.failuresExpected = 2.5;
    counted.facts.technical = 3;
    BytesOut old = new BytesOut().real(3).number(40).number(38).number(4).real(2.5);
    counted.facts.write(old);

    Stretch read = Stretch.read(new BytesIn(old.toBytes(), 0, 3));

    assertThat(read).usingRecursiveComparison().isEqualTo(counted);
    assertThat(read.retryShare()).isNull();
  }

  @Test
  void aWatchGoesOnFromWhatTheFormatBeforeStored() {
    Rails rails = new Rails(4, EventKind.AUTH, 30);
    Watch watch = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    Map<String, byte[]> store = new HashMap<>();
    for (int minute = 0; minute < 130; minute++) {
      watch.closeMinute(Rails.at(minute), rails.minute(minute), Rails.at(minute + 1));
      for (StateEntry entry : watch.drainState()) {
        if (entry.value() == null) {
          store.remove(entry.key());
        } else {
          store.put(entry.key(), entry.value());
        }
      }
    }
    assertThat(store).containsKey("c/0");
    Watch again = new Watch(WatchSettings.DEFAULT, "acme", EventKind.AUTH);
    store.forEach((key, value) -> {
      assertThat(value[0]).isEqualTo((byte) 4);
      // No burst is open: but for this number it is what the format before looked like.
      byte[] before = value.clone();
      before[0] = 3;
      again.restore(key, before);
    });

    Map<Slice, Tally> next = rails.minute(130);
    assertThat(again.closeMinute(Rails.at(130), next, Rails.at(131)))
        .isEqualTo(watch.closeMinute(Rails.at(130), next, Rails.at(131)));
    assertThat(again.worst(5)).isEqualTo(watch.worst(5));
  }
}
