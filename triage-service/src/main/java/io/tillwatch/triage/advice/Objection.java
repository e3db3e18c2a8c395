package io.tillwatch.triage.advice;

import java.util.Locale;

/** Why a hypothesis, or a part of it, was thrown away: log, metric and record use it. */
public enum Objection {
  /** Nothing is left of its statement when it is cleaned. */
  NO_STATEMENT,
  /** It cites nothing. */
  NO_EVIDENCE,
  /** It cites what does not exist. */
  UNKNOWN_EVIDENCE,
  /** It names a class that there is not. */
  UNKNOWN_CLASS,
  /** A number in it is not in what it cites. */
  UNFOUND_NUMBER,
  /** It shares no word with what it cites. */
  UNGROUNDED,
  /** Its evidence is too weak, or the model is not sure enough. */
  TOO_UNSURE,
  /** A likelier one of the same class is there. */
  SAME_CLASS,
  /** More than anybody reads. */
  TOO_MANY,
  /** Only its check: a number in it is not in what it cites. */
  CHECK_WITH_UNFOUND_NUMBER,
  /** Only its next step: it cites no section of a runbook that says so. */
  STEP_WITHOUT_PASSAGE;

  /** The word in records and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
