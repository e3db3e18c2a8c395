package io.tillwatch.topology.cell;

import static io.tillwatch.schemas.event.Outcome.APPROVED;
import static io.tillwatch.schemas.event.Outcome.CHALLENGED;
import static io.tillwatch.schemas.event.Outcome.DECLINED;
import static io.tillwatch.schemas.event.Outcome.DELIVERED;
import static io.tillwatch.schemas.event.Outcome.ERROR;
import static io.tillwatch.schemas.event.Outcome.EVIDENCE_DUE;
import static io.tillwatch.schemas.event.Outcome.FAILED;
import static io.tillwatch.schemas.event.Outcome.LOST;
import static io.tillwatch.schemas.event.Outcome.OPENED;
import static io.tillwatch.schemas.event.Outcome.REPORTED;
import static io.tillwatch.schemas.event.Outcome.REQUESTED;
import static io.tillwatch.schemas.event.Outcome.SUCCEEDED;
import static io.tillwatch.schemas.event.Outcome.TIMEOUT;
import static io.tillwatch.schemas.event.Outcome.WON;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** What an outcome means for the success rate of its kind of event (DOMAIN: "KPIs"). */
public enum Verdict {
  /** Counted above and below the line. */
  SUCCESS,
  /** Counted below the line only. */
  FAILURE,
  /** Not counted: the step is not over, or there is nothing to judge. */
  UNDECIDED,
  /** An event of this kind cannot end so. */
  NOT_ALLOWED;

  private static final Verdict[][] TABLE = table();

  /** What this outcome means for an event of this kind. */
  public static Verdict of(EventKind kind, Outcome outcome) {
    return TABLE[kind.ordinal()][outcome.ordinal()];
  }

  private static Verdict[][] table() {
    Verdict[][] table = new Verdict[EventKind.values().length][Outcome.values().length];
    for (EventKind kind : EventKind.values()) {
      Map<Outcome, Verdict> verdicts = verdicts(kind);
      for (Outcome outcome : Outcome.values()) {
        table[kind.ordinal()][outcome.ordinal()] = verdicts.getOrDefault(outcome, NOT_ALLOWED);
      }
    }
    return table;
  }

  private static Map<Outcome, Verdict> verdicts(EventKind kind) {
    return new EnumMap<>(
        switch (kind) {
          case AUTH ->
              Map.of(
                  APPROVED, SUCCESS,
                  DECLINED, FAILURE,
                  ERROR, FAILURE,
                  TIMEOUT, FAILURE,
                  CHALLENGED, UNDECIDED);
          case CAPTURE -> Map.of(SUCCEEDED, SUCCESS, FAILED, FAILURE, TIMEOUT, FAILURE);
          case REFUND -> Map.of(SUCCEEDED, SUCCESS, FAILED, FAILURE, REQUESTED, UNDECIDED);
          case WEBHOOK -> Map.of(DELIVERED, SUCCESS, FAILED, FAILURE, TIMEOUT, FAILURE);
          case SETTLEMENT -> Map.of(REPORTED, UNDECIDED);
          case DISPUTE ->
              Map.of(WON, SUCCESS, LOST, FAILURE, OPENED, UNDECIDED, EVIDENCE_DUE, UNDECIDED);
        });
  }
}
