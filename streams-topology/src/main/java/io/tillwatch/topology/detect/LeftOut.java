package io.tillwatch.topology.detect;

/**
 * What the limits of an objective have left out in the last minute.
 *
 * @param rule name of the watch
 * @param slices broken and not told, because as many as there is room for were surer
 * @param leaves of slices beyond those that are judged
 */
public record LeftOut(String rule, int slices, int leaves) {

  /** Whether nothing is. */
  public boolean isEmpty() {
    return slices == 0 && leaves == 0;
  }
}
