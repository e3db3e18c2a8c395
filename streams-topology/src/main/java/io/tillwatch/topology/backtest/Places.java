package io.tillwatch.topology.backtest;

import io.tillwatch.topology.backtest.Labels.LabelledEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which leaves a cell of a recording holds, and how much of its usual traffic they have. */
final class Places {

  /** A cell has to do with an event that concerns this share of its traffic. */
  private static final double RELATED_SHARE = .05;

  private static final String PAIRS = "&";

  private final List<String> leaves;
  private final List<String> names;
  private final long[] volume;
  private final Map<String, BitSet> members = new HashMap<>();
  private final Map<LabelledEvent, BitSet> concerned = new HashMap<>();

  /**
   * @param warmUpMinutes whose traffic is the usual one
   */
  Places(Recording recording, int warmUpMinutes) throws IOException {
    names = recording.names().names();
    leaves = recording.leaves().stream().map(leaf -> recording.names().cell(leaf.toMap())).toList();
    volume = new long[leaves.size()];
    recording.read((minute, counts) -> {
      for (int row = 0; minute < warmUpMinutes && row < counts.size(); row++) {
        volume[counts.number(row)] += counts.events(row);
      }
    });
  }

  /** Cells over all cuboids. */
  long cells() {
    long cells = 1;
    for (String name : names) {
      cells *= 1 + leaves.stream().map(leaf -> pairs(leaf).get(name)).distinct().count();
    }
    return cells;
  }

  /** Whether an event concerns enough of a cell. */
  boolean related(LabelledEvent event, String cell) {
    BitSet held = leavesOf(cell);
    BitSet shared = (BitSet) held.clone();
    shared.and(concerned.computeIfAbsent(event, this::leavesOf));
    long all = volume(held);
    return all > 0 && volume(shared) >= RELATED_SHARE * all;
  }

  /** A cell with its pairs in order. */
  static String sorted(String cell) {
    return Arrays.stream(cell.split(PAIRS))
        .filter(pair -> !pair.isEmpty())
        .sorted()
        .collect(Collectors.joining(PAIRS));
  }

  /** Whether both may hold the same event. */
  static boolean compatible(String cell, Map<String, String> cause) {
    Map<String, String> pairs = pairs(cell);
    return cause.entrySet().stream()
        .allMatch(
            value -> value.getValue().equals(pairs.getOrDefault(value.getKey(), value.getValue())));
  }

  private BitSet leavesOf(LabelledEvent event) {
    BitSet all = new BitSet();
    for (Map<String, String> cause : event.causes()) {
      all.or(
          leavesOf(
              new TreeMap<>(cause)
                  .entrySet().stream()
                      .map(value -> value.getKey() + "=" + value.getValue())
                      .collect(Collectors.joining(PAIRS))));
    }
    if (event.causes().isEmpty()) {
      all.set(0, leaves.size());
    }
    return all;
  }

  private BitSet leavesOf(String cell) {
    return members.computeIfAbsent(cell, this::search);
  }

  private BitSet search(String cell) {
    Map<String, String> wanted = pairs(cell);
    BitSet found = new BitSet();
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      if (pairs(leaves.get(leaf)).entrySet().containsAll(wanted.entrySet())) {
        found.set(leaf);
      }
    }
    return found;
  }

  private static Map<String, String> pairs(String cell) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : cell.split(PAIRS)) {
      int equals = pair.indexOf('=');
      if (equals >= 0) {
        pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return pairs;
  }

  private long volume(BitSet of) {
    return of.stream().mapToLong(leaf -> volume[leaf]).sum();
  }
}
