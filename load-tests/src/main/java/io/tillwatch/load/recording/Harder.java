package io.tillwatch.load.recording;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way in which a recording is harder than the usual one. */
public enum Harder {
  /** A fifth of the traffic. */
  LOWVOLUME,
  /** Ten times the traffic: a shift of no importance becomes significant. */
  HIGHVOLUME,
  /** Attempts of a leaf within a minute have five times the correlation. */
  OVERDISPERSED,
  /** Success rates wander twice as far by themselves. */
  DRIFTING;

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with a label. */
  public static Optional<Harder> byLabel(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
