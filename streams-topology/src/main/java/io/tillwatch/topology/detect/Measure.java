package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import java.util.Locale;

/** How a share of failures is told for a kind of event: as its KPI names it. */
final class Measure {

  static final double Z95 = 1.959964;

  private Measure() {}

  static Kpi kpi(EventKind kind) {
    return switch (kind) {
      case CAPTURE -> Kpi.CAPTURE_SUCCESS;
      case WEBHOOK -> Kpi.WEBHOOK_FAILURE;
      default -> Kpi.SUCCESS_RATE;
    };
  }

  /** The KPI's value for a failure rate; a share of slow events stays what it is. */
  static double value(Kpi kpi, double failureRate) {
    return isLowerBetter(kpi) ? failureRate : 1 - failureRate;
  }

  private static boolean isLowerBetter(Kpi kpi) {
    return switch (kpi) {
      case WEBHOOK_FAILURE, REASON_MIX, LATENCY, WEBHOOK_LAG -> true;
      default -> false;
    };
  }

  /** A change of the KPI for a change of the failure rate. */
  static double change(Kpi kpi, double failureRateChange) {
    return isLowerBetter(kpi) ? failureRateChange : -failureRateChange;
  }

  /** Name of the rule that watches this KPI, for example {@code auth-success-rate}. */
  static String rule(EventKind kind, Kpi kpi) {
    return (kind.name() + '-' + kpi.name()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Lower end of Wilson's 95 % interval. */
  static double wilsonLow(double rate, long count) {
    return wilson(rate, count, -1);
  }

  /** Upper end of Wilson's 95 % interval. */
  static double wilsonHigh(double rate, long count) {
    return wilson(rate, count, 1);
  }

  private static double wilson(double rate, long count, int sign) {
    if (count == 0) {
      return sign < 0 ? 0 : 1;
    }
    double z2 = Z95 * Z95 / count;
    double spread = Z95 * Math.sqrt(rate * (1 - rate) / count + z2 / (4 * count));
    return Math.clamp((rate + z2 / 2 + sign * spread) / (1 + z2), 0, 1);
  }
}
