package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.slice.Slice;
import java.util.Arrays;

/** A slice that does not keep its objective, from when that was sure until it does again. */
final class BrokenSlice {

  final Terms terms;
  final Slice slice;
  final String id;
  final long onset;
  final long detectedAt;
  final double statistic;
  final double threshold;
  final Stretch before;
  final Stretch since;

  long judged;
  long bad;
  long trafficSince;
  double lostPerMinute;
  int revision;
  int ageMinutes;

  /** Minutes in a row in which the newest part of the window has kept it. */
  int keptMinutes;

  long closedAt;

  /** What never changes about it. */
  record Birth(String id, long onset, long detectedAt, double statistic, double threshold) {}

  BrokenSlice(Terms terms, Slice slice, Birth birth) {
    this(terms, slice, birth, new Stretch(), new Stretch());
  }

  private BrokenSlice(Terms terms, Slice slice, Birth birth, Stretch before, Stretch since) {
    this.terms = terms;
    this.slice = slice;
    this.id = birth.id();
    this.onset = birth.onset();
    this.detectedAt = birth.detectedAt();
    this.statistic = birth.statistic();
    this.threshold = birth.threshold();
    this.before = before;
    this.since = since;
  }

  BurstState state() {
    if (closedAt > 0) {
      return BurstState.CLOSED;
    }
    return keptMinutes > 0 ? BurstState.RECOVERING : BurstState.OPEN;
  }

  /** Counts the hour before the onset, and all since. */
  void locate(Memory memory, long now) {
    LeafSet held = LeafSet.coveredBy(slice, memory.leaves);
    for (Minute minute : memory.ring.between(onset - 60 * Watch.MINUTE_MILLIS, onset)) {
      before.minutes++;
      for (int row : rowsOf(minute, held, memory)) {
        before.add(minute, row, memory.leaves);
      }
    }
    memory.ring.between(onset, now).forEach(minute -> add(minute, held, memory));
  }

  /** Counts one more minute. */
  void add(Minute minute, Memory memory) {
    add(minute, LeafSet.coveredBy(slice, memory.leaves), memory);
  }

  private void add(Minute minute, LeafSet held, Memory memory) {
    since.minutes++;
    for (int row = 0; row < minute.rows(); row++) {
      trafficSince += minute.judged(row);
    }
    for (int row : rowsOf(minute, held, memory)) {
      since.add(minute, row, memory.leaves);
      judged += terms.judged(minute, row);
      bad += terms.bad(minute, row);
    }
  }

  private static int[] rowsOf(Minute minute, LeafSet held, Memory memory) {
    int[] rows = new int[Math.min(held.size(), minute.rows())];
    int found = minute.rowsOf(held, rows);
    int[] free = new int[found];
    int count = 0;
    for (int i = 0; i < found; i++) {
      if (!ObjectiveCounts.isExplained(minute, rows[i], memory)) {
        free[count++] = rows[i];
      }
    }
    return Arrays.copyOf(free, count);
  }

  /** Bad events beyond what is allowed, not below 0. */
  double beyond() {
    return Math.max(0, bad - terms.allowed() * judged);
  }

  void write(BytesOut out) {
    terms.write(out);
    Names.write(slice, out);
    out.text(id).number(onset).number(detectedAt).real(statistic).real(threshold);
    before.write(out);
    since.write(out);
    out.number(judged).number(bad).number(trafficSince).real(lostPerMinute);
    out.number(revision).number(ageMinutes).number(keptMinutes);
  }

  static BrokenSlice read(BytesIn in) {
    Terms terms = Terms.read(in);
    Slice slice = Names.readOne(in);
    Birth birth = new Birth(in.text(), in.number(), in.number(), in.real(), in.real());
    BrokenSlice broken = new BrokenSlice(terms, slice, birth, Stretch.read(in), Stretch.read(in));
    broken.judged = in.number();
    broken.bad = in.number();
    broken.trafficSince = in.number();
    broken.lostPerMinute = in.real();
    broken.revision = in.count();
    broken.ageMinutes = in.count();
    broken.keptMinutes = in.count();
    return broken;
  }
}
