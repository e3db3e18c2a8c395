package io.tillwatch.topology.detect;

/** Why a cell is or is not part of a burst. */
public enum Verdict {
  /** The watch has not seen enough history to judge anything. */
  LEARNING,
  /** No such cell is tested: it had no traffic, or its cuboid is not looked at. */
  NOT_TESTED,
  /** Work is planned there: nothing of it is looked at. */
  PLANNED_WORK,
  /** What was observed is what was expected. */
  QUIET,
  /** An open burst explains it. */
  EXPLAINED,
  /** Suspicious, but no further than this cell's rate wanders by itself. */
  WITHIN_DRIFT,
  /** Believed, but too few failures, or too few payers, to tell anybody. */
  TOO_FEW_FAILURES,
  /** Believed, and more costly to name than it explains. */
  NOT_LOCATED,
  /** It is (part of) a burst. */
  FIRED
}
