package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.WorstCell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the tasks of this instance say of their kinds, for other threads to read. */
public final class CubeBoard {

  /** Worst cells kept per kind. */
  static final int WORST_MAX = 100;

  private final Map<EventKind, List<WorstCell>> worst = new ConcurrentHashMap<>();
  private final Map<EventKind, OpenMinutes> open = new ConcurrentHashMap<>();
  private final Map<EventKind, Explainer> explainers = new ConcurrentHashMap<>();

  /** Says why a cell did or did not fire; to be asked from any thread. */
  interface Explainer {
    /**
     * Explains.
     *
     * @param minuteMillis the minute; the last closed one when empty
     * @return empty when that minute is not held, or none was closed yet
     */
    Optional<Explanation> explain(Aspect aspect, Slice slice, OptionalLong minuteMillis);
  }

  void opened(EventKind kind, OpenMinutes minutes, Explainer explainer) {
    open.put(kind, minutes);
    explainers.put(kind, explainer);
  }

  void closed(EventKind kind, OpenMinutes minutes, Explainer explainer) {
    open.remove(kind, minutes);
    explainers.remove(kind, explainer);
  }

  /** Who explains a kind; null when no task of this instance has it. */
  @Nullable Explainer explainer(EventKind kind) {
    return explainers.get(kind);
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
