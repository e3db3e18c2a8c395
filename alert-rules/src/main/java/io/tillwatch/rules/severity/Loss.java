package io.tillwatch.rules.severity;

import java.util.Map;

/**
 * What goes lost in a minute.
 *
 * @param perMinute approvals (captures, deliveries) lost per minute
 * @param share part of all traffic of its kind that is lost, 0 to 1
 * @param amountPerMinuteMinor amount at risk per minute by ISO currency, minor units; currencies
 *     are never converted or added up
 */
public record Loss(double perMinute, double share, Map<String, Long> amountPerMinuteMinor) {

  public Loss {
    amountPerMinuteMinor = Map.copyOf(amountPerMinuteMinor);
  }
}
