package io.tillwatch.standalone.evaluate;

import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import java.util.List;

/**
 * Who writes the hypotheses of an incident that people see.
 *
 * <p>The one place where a model comes in: it is given what the desk has on record, and may add to
 * it, strengthen or weaken; class, owner and telling are the desk's.
 */
interface Author {

  /** Hypotheses of an incident as it stands, most likely first. */
  List<Hypothesis> write(GoldenCase golden, Incident incident);

  /** What it has used so far. */
  default Spent spent() {
    return new Spent(0, 0, 0, 0);
  }

  /**
   * What a model was asked, and what that costs.
   *
   * @param costMicros millionths of the configured currency
   */
  record Spent(long calls, long inputTokens, long outputTokens, long costMicros) {}

  /** Playbooks alone: what the desk wrote is what people see. */
  static Author playbooks() {
    return (golden, incident) -> incident.getHypotheses();
  }
}
