package io.tillwatch.topology.rulebook;

import io.tillwatch.topology.detect.WatchPlan;
import org.jspecify.annotations.Nullable;

/** The plan that the next minutes are judged by. Thread-safe. */
public final class PlanInForce {

  private volatile @Nullable WatchPlan newest;

  /** Judges by this plan from the next minute of each kind of event on. */
  public void put(WatchPlan plan) {
    newest = plan;
  }

  /** The newest plan, or the first while there is no other. */
  public WatchPlan orElse(WatchPlan first) {
    WatchPlan found = newest;
    return found == null ? first : found;
  }
}
