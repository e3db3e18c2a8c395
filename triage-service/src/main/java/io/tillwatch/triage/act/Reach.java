package io.tillwatch.triage.act;

/**
 * Whether an outside system can be reached and takes our key, as far as it can be asked without an
 * effect.
 *
 * @param detail what is wrong, for people; no secrets
 */
public record Reach(boolean well, String detail) {

  /** Nothing is known to be wrong. */
  public static final Reach FINE = new Reach(true, "");
}
