package io.tillwatch.load.replay;

import java.time.Duration;
import java.util.List;

/**
 * Which rows are attempts of one purchase: those with the same values in some columns, no later
 * than so long after its first attempt, up to the first that succeeds.
 *
 * @param same columns
 * @param place file and line of the mapping
 */
record PurchaseRule(List<String> same, Duration within, String place) {

  PurchaseRule {
    same = List.copyOf(same);
  }
}
