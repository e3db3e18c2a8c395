package io.tillwatch.triage.advice.follow;

import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.advice.Adviser;
import org.jspecify.annotations.Nullable;

/** Whether it is an incident's turn to be asked about, and why not. */
enum Turn {
  /** It is. */
  ASK,
  /** Nobody has been told of it. */
  NOT_TOLD,
  /** It recovers or is over. */
  OVER,
  /** This revision, or a later one, has been asked about. */
  KNOWN,
  /** Class and evidence are those that were asked about. */
  NOTHING_NEW,
  /** It was asked about {@link #ASKED_MAX} times in this episode. */
  OFTEN_ENOUGH;

  /** Advices per episode of an incident. */
  static final int ASKED_MAX = 6;

  /**
   * The decision.
   *
   * @param latest the latest advice on the incident; null when there is none
   * @param asked advices on its current episode
   */
  static Turn of(Incident incident, @Nullable Advice latest, int asked) {
    switch (incident.getState()) {
      case DETECTED -> {
        return NOT_TOLD;
      }
      case OPEN, ACKNOWLEDGED, MITIGATED -> {
        // told, and it burns
      }
      default -> {
        return OVER;
      }
    }
    if (latest == null || latest.getEpisode() < incident.getEpisode()) {
      return ASK;
    }
    if (latest.getEpisode() > incident.getEpisode()
        || latest.getRevision() >= incident.getRevision()) {
      return KNOWN;
    }
    boolean answered = latest.getOutcome() != AdviceOutcome.NO_ANSWER;
    if (answered && latest.getBasis().equals(Adviser.basis(incident))) {
      return NOTHING_NEW;
    }
    return asked >= ASKED_MAX ? OFTEN_ENOUGH : ASK;
  }
}
