package io.tillwatch.triage.act;

import java.util.Locale;
import java.util.StringJoiner;

/** What stands behind a target. */
public enum TargetMode {
  /** Prints and remembers. */
  CONSOLE,
  /** Nothing: actions are recorded as quarantined and reach nobody. */
  OFF;

  /** As in the settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of that label.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static TargetMode of(String label) {
    StringJoiner known = new StringJoiner(", ");
    for (TargetMode mode : values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
      known.add(mode.label());
    }
    throw new IllegalArgumentException("'%s', expected one of %s".formatted(label, known));
  }
}
