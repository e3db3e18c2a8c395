package io.tillwatch.topology.detect;

import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a watch holds to objectives beside looking for what is unusual. It learns nothing: it
 * judges from the first minute on, and what it told is all it remembers.
 */
final class Objectives {

  private List<HeldSlices> held;

  /** What was told under watches that other rules ended or changed: closed with the next minute. */
  private final List<BrokenSlice> withdrawn = new ArrayList<>();

  /** The same of watches that were gone after a stop, without a word when they went. */
  private final List<BrokenSlice> orphans = new ArrayList<>();

  Objectives(List<WatchRule> rules) {
    this.held = rules.stream().map(HeldSlices::new).toList();
  }

  /** Takes one minute; answers with what is to be told. */
  List<Burst> add(Minute minute, Memory memory) {
    if (held.isEmpty() && withdrawn.isEmpty()) {
      return List.of();
    }
    List<Burst> told = close(withdrawn, minute, memory);
    held.forEach(each -> told.addAll(each.add(minute, memory)));
    return told;
  }

  /** Closes what a stop has orphaned; not while minutes are lived through that nobody hears of. */
  List<Burst> closeOrphans(Minute minute, Memory memory) {
    return close(orphans, minute, memory);
  }

  private static List<Burst> close(List<BrokenSlice> ended, Minute minute, Memory memory) {
    List<Burst> told = new ArrayList<>();
    for (BrokenSlice each : ended) {
      each.closedAt = minute.closedAt;
      told.add(ObjectiveReport.of(each, memory, minute.closedAt));
    }
    ended.clear();
    return told;
  }

  /**
   * Holds slices to other objectives from the next minute on. A watch of the same name that asks
   * for the same goes on with what is open; what was held to something else is closed.
   */
  void follow(List<WatchRule> rules) {
    List<HeldSlices> before = held;
    held = rules.stream().map(HeldSlices::new).toList();
    before.forEach(each -> handOver(each.name(), each.broken(), each.ended(), withdrawn));
  }

  /** Gives what a watch had to the one of its name; what that does not take is of none. */
  private void handOver(
      String name, List<BrokenSlice> broken, Map<Slice, Long> ended, List<BrokenSlice> none) {
    held.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            heir -> none.addAll(heir.takeOver(broken, ended)), () -> none.addAll(broken));
  }

  /** What the limits of each left out in the last minute, where they did. */
  List<LeftOut> leftOut() {
    return held.stream().map(HeldSlices::leftOut).filter(left -> !left.isEmpty()).toList();
  }

  void write(BytesOut out) {
    out.number(withdrawn.size());
    withdrawn.forEach(each -> each.write(out));
    out.number(held.size());
    held.forEach(each -> each.write(out));
  }

  /** Takes back what {@link #write} wrote; a checkpoint of before there were any says nothing. */
  void read(BytesIn in) {
    if (in.isAtEnd()) {
      return;
    }
    withdrawn.addAll(readBroken(in));
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      List<BrokenSlice> broken = readBroken(in);
      Map<Slice, Long> ended = new TreeMap<>();
      for (int more = in.count(); more > 0; more--) {
        ended.put(Names.readOne(in), in.number());
      }
      handOver(name, broken, ended, orphans);
    }
  }

  private static List<BrokenSlice> readBroken(BytesIn in) {
    List<BrokenSlice> broken = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      broken.add(BrokenSlice.read(in));
    }
    return broken;
  }
}
