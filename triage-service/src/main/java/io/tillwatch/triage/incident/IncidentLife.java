package io.tillwatch.triage.incident;

import static io.tillwatch.schemas.incident.IncidentState.ACKNOWLEDGED;
import static io.tillwatch.schemas.incident.IncidentState.DETECTED;
import static io.tillwatch.schemas.incident.IncidentState.MERGED;
import static io.tillwatch.schemas.incident.IncidentState.MITIGATED;
import static io.tillwatch.schemas.incident.IncidentState.OPEN;
import static io.tillwatch.schemas.incident.IncidentState.RECOVERING;
import static io.tillwatch.schemas.incident.IncidentState.RESOLVED;
import static io.tillwatch.schemas.incident.IncidentState.REVIEWED;
import static io.tillwatch.schemas.incident.IncidentState.UNKNOWN;

import io.tillwatch.schemas.incident.IncidentState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The life of an incident: its states and the ways between them.
 *
 * <pre>
 *   burst ──► detected ──► open ──► acknowledged ──► mitigated
 *              ▲  │         ▲ │          │ ▲             │ ▲
 *              │  └─────────┼─┴────┬─────┼─┼─────────────┘ │
 *              │            │      ▼     │ │               │
 *              ├────────────┴── recovering ┴───────────────┘  a relapse: back to where it was
 *              │                   │
 *              │                   ▼
 *              └── reopened ── resolved ──► reviewed
 *
 *   detected, open    ──► acknowledged, mitigated   steps may be left out, none is taken back
 *   reopened          ──► detected or open          the next episode
 *   before resolved   ──► resolved                  a person says so, or no news for a day
 *   before resolved   ──► merged                    it has another incident's cause
 *   reviewed                                        may be reviewed again: the later one counts
 * </pre>
 *
 * <p>Detected: on the screen, nobody told. Open: chat and ticket, and a page when it is both sure
 * and worth it. Acknowledged: somebody has it. Mitigated: the loss is stopped. Recovering: every
 * burst recovers. Resolved: every burst has been closed for the quiet time. Reviewed: class and
 * cause confirmed. Merged and reviewed are final; what splits off begins as another incident.
 */
public final class IncidentLife {

  private static final Map<IncidentState, Set<IncidentState>> NEXT = next();

  private IncidentLife() {}

  private static Map<IncidentState, Set<IncidentState>> next() {
    Map<IncidentState, Set<IncidentState>> next = new EnumMap<>(IncidentState.class);
    next.put(DETECTED, EnumSet.of(OPEN, ACKNOWLEDGED, MITIGATED, RECOVERING, RESOLVED, MERGED));
    next.put(OPEN, EnumSet.of(ACKNOWLEDGED, MITIGATED, RECOVERING, RESOLVED, MERGED));
    next.put(ACKNOWLEDGED, EnumSet.of(MITIGATED, RECOVERING, RESOLVED, MERGED));
    next.put(MITIGATED, EnumSet.of(RECOVERING, RESOLVED, MERGED));
    next.put(RECOVERING, EnumSet.of(DETECTED, OPEN, ACKNOWLEDGED, MITIGATED, RESOLVED, MERGED));
    next.put(RESOLVED, EnumSet.of(DETECTED, OPEN, REVIEWED));
    next.put(REVIEWED, EnumSet.noneOf(IncidentState.class));
    next.put(MERGED, EnumSet.noneOf(IncidentState.class));
    next.put(UNKNOWN, EnumSet.noneOf(IncidentState.class));
    return next;
  }

  /** Whether there is a way from one state to the other. */
  public static boolean legal(IncidentState from, IncidentState to) {
    return NEXT.getOrDefault(from, Set.of()).contains(to);
  }

  /** Whether something still has to be done about an incident in this state. */
  public static boolean live(IncidentState state) {
    return switch (state) {
      case DETECTED, OPEN, ACKNOWLEDGED, MITIGATED, RECOVERING -> true;
      case RESOLVED, REVIEWED, MERGED, UNKNOWN -> false;
    };
  }

  /** Whether class and cause of an incident in this state can be confirmed, or corrected. */
  public static boolean reviewable(IncidentState state) {
    return legal(state, REVIEWED) || state == REVIEWED;
  }
}
