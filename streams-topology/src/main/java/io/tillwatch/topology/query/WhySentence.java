package io.tillwatch.topology.query;

import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.Verdict;
import java.util.Locale;
import java.util.Objects;

/** An explanation as one plain sentence. */
final class WhySentence {

  private WhySentence() {}

  /**
   * For example {@code psp=adyen region=EU: 37 of 412 failed where 35.2 were expected; statistic
   * 1.2 of 13.4 needed: quiet}.
   */
  static String of(Explanation why) {
    String counted = why.verdict() == Verdict.PLANNED_WORK ? "" : counted(why) + "; ";
    return why.slice() + ": " + counted + reason(why);
  }

  private static String counted(Explanation why) {
    Explanation.Counted minute = why.minute();
    return minute.attempts() == 0
        ? "nothing was counted"
        : text(
            "%,d of %,d %s where %,.1f were expected",
            minute.failures(), minute.attempts(), did(why.aspect()), minute.failuresExpected());
  }

  private static String did(Aspect aspect) {
    return switch (aspect.kpi()) {
      case LATENCY, WEBHOOK_LAG -> "were slow";
      case REFUND_SLA -> "were later than promised";
      case REASON_MIX ->
          "gave the reason " + Parameters.label(Objects.requireNonNull(aspect.reason()));
      default -> "failed";
    };
  }

  private static String things(Aspect aspect, String failures) {
    return switch (aspect.kpi()) {
      case LATENCY, WEBHOOK_LAG -> "slow events";
      case REFUND_SLA -> "late refunds";
      case REASON_MIX -> "events with the reason";
      default -> failures;
    };
  }

  private static String reason(Explanation why) {
    return switch (why.verdict()) {
      case LEARNING ->
          text(
              "nothing is judged yet: %d more minutes of history are needed",
              why.historyMissingMinutes());
      case NOT_TESTED ->
          why.minute().attempts() == 0
              ? "not tested: no such traffic is known"
              : "not tested: slices of these dimensions are not looked at by themselves";
      case PLANNED_WORK -> "work is planned there, so nothing of it is looked at";
      case QUIET -> statistic(why) + ": quiet";
      case EXPLAINED ->
          why.burstId() == null
              ? "a burst explains it"
              : text("burst %s explains it", why.burstId());
      case WITHIN_DRIFT ->
          text(
              "%s, but %s and is %.0f %% of what its drift leaves to be believed: within drift",
              statistic(why), window(why), 100 * why.gate());
      case TOO_FEW_FAILURES ->
          why.failuresMissing() == 0
              ? "believed, but most of it is in one small leaf, as one payer's retries would be:"
                  + " nobody is told"
              : text(
                  "believed, but %d more %s are needed before anybody is told",
                  why.failuresMissing(), things(why.aspect(), "failed payments"));
      case NOT_LOCATED ->
          text(
              "%s, and %s: believed, but another slice explains it better",
              statistic(why), window(why));
      case FIRED ->
          text(
              "%s, gate %.1f: told%s",
              why.statistic() > why.threshold() ? statistic(why) : "located anew",
              why.gate(),
              why.burstId() == null ? "" : " in burst " + why.burstId());
    };
  }

  private static String statistic(Explanation why) {
    return text("statistic %.1f of %.1f needed", why.statistic(), why.threshold());
  }

  private static String window(Explanation why) {
    return text(
        "the worst window (%d min) has %,d %s for %,.1f expected",
        why.windowMinutes(),
        why.window().failures(),
        things(why.aspect(), "failures"),
        why.window().failuresExpected());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
