package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.detect.WorstCell;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the tasks of this instance say of their kinds, for other threads to read. */
public final class CubeBoard {

  /** Worst cells kept per kind. */
  static final int WORST_MAX = 100;

  private final Map<EventKind, List<WorstCell>> worst = new ConcurrentHashMap<>();
  private final Map<EventKind, OpenMinutes> open = new ConcurrentHashMap<>();

  void opened(EventKind kind, OpenMinutes minutes) {
    open.put(kind, minutes);
  }

  void closed(EventKind kind, OpenMinutes minutes) {
    open.remove(kind, minutes);
  }

  /** The open minutes of a kind; null when no task of this instance has it. */
  @Nullable OpenMinutes open(EventKind kind) {
    return open.get(kind);
  }

  void publish(EventKind kind, List<WorstCell> cells) {
    worst.put(kind, List.copyOf(cells));
  }

  void withdraw(EventKind kind) {
    worst.remove(kind);
  }

  /** The cells that did worst in the last closed minutes, worst first. */
  public List<WorstCell> worst(EventKind kind, int limit) {
    List<WorstCell> cells = worst.getOrDefault(kind, List.of());
    return cells.subList(0, Math.min(limit, cells.size()));
  }
}
