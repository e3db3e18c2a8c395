package io.tillwatch.triage.act;

/** What stands behind a target. */
public enum TargetMode {
  /** Prints and remembers. */
  CONSOLE,
  /** Nothing: actions are recorded as done without a try and reach nobody. */
  OFF
}
