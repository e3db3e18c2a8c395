package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.slice.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cell whose volume is listened to, and its burst while there is one. */
class VolumeTrack {

  private static final int GIVE_UP_MINUTES = OpenBurst.GIVE_UP_MINUTES;
  private static final int TELL_EVERY_MINUTES = 5;

  final Slice slice;
  double sum;
  double expectedSince;
  long observedSince;

  /** When the sum last left zero, the likeliest onset; 0 while it is zero. */
  long since;

  String id = "";
  long detectedAt;
  int revision;
  private int age;
  private int back;

  VolumeTrack(Slice slice) {
    this.slice = slice;
  }

  boolean isOpen() {
    return !id.isEmpty();
  }

  /** Its usual share of all traffic, 0 to 1; 0 when it is not known. */
  double share() {
    return 0;
  }

  /** Starts to count when the sum leaves zero, and stops when it is back. */
  void count(long observed, double expected, long at) {
    if (sum == 0 && !isOpen()) {
      since = 0;
      return;
    }
    if (since == 0) {
      since = at;
      observedSince = 0;
      expectedSince = 0;
    }
    observedSince += observed;
    expectedSince += expected;
  }

  /** Opens a burst, unless an open one explains it. */
  void open(Minute minute, Memory memory) {
    boolean explained =
        memory.bursts.stream()
            .flatMap(burst -> burst.slices().stream())
            .anyMatch(root -> root.covers(slice));
    if (!explained) {
      id = BurstId.of(memory, Kpi.VOLUME, List.of(slice), since);
      detectedAt = minute.closedAt;
      revision = 0;
      age = 0;
      back = 0;
    }
  }

  /**
   * Goes on with an open burst by one minute.
   *
   * @param isBack whether the volume of this minute is as it should be
   * @param backMinutes of them in a row it takes to close
   * @return its state when there is something to tell; null when not
   */
  @Nullable BurstState follow(boolean isBack, int backMinutes) {
    age++;
    int before = back;
    back = isBack ? back + 1 : 0;
    boolean over = back >= backMinutes || hasGivenUp();
    boolean turned = (before == 0) != (back == 0);
    if (!over && !turned && age % TELL_EVERY_MINUTES != 0) {
      return null;
    }
    return over ? BurstState.CLOSED : back > 0 ? BurstState.RECOVERING : BurstState.OPEN;
  }

  /** Whether it has lasted so long that it is how things are now. */
  boolean hasGivenUp() {
    return age >= GIVE_UP_MINUTES;
  }

  /** Listens anew after a burst. */
  void close() {
    id = "";
    sum = 0;
    since = 0;
  }

  void write(BytesOut out) {
    out.real(sum).real(expectedSince);
    out.number(observedSince).number(since).text(id).number(detectedAt);
    out.number(revision).number(age).number(back);
  }

  void read(BytesIn in) {
    sum = in.real();
    expectedSince = in.real();
    observedSince = in.number();
    since = in.number();
    id = in.text();
    detectedAt = in.number();
    revision = in.count();
    age = in.count();
    back = in.count();
  }
}
