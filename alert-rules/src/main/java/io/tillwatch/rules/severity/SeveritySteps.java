package io.tillwatch.rules.severity;

import io.tillwatch.rules.source.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps from worst to mildest; what reaches none is {@link Level#SEV4}.
 *
 * @param shareCountsFrom losses per minute below which a share of traffic says nothing: half of a
 *     trickle is still a trickle
 * @param steps worst first, each easier to reach than the one before
 */
public record SeveritySteps(double shareCountsFrom, List<SeverityStep> steps) {

  public SeveritySteps {
    steps = List.copyOf(steps);
  }

  /** Reads them. */
  public static SeveritySteps read(Fields fields) {
    double shareCountsFrom = fields.number("share-counts-from-lost-per-minute", 0, 1e9);
    List<SeverityStep> steps = new ArrayList<>();
    for (Fields each : fields.mappings("steps")) {
      SeverityStep step = SeverityStep.read(each);
      if (!steps.isEmpty()) {
        requireMilder(each, steps.getLast(), step);
      }
      steps.add(step);
    }
    fields.end();
    return new SeveritySteps(shareCountsFrom, steps);
  }

  private static void requireMilder(Fields at, SeverityStep before, SeverityStep step) {
    if (step.level().compareTo(before.level()) <= 0) {
      at.problem("level", step.level().name(), "a milder level than " + before.level());
    }
    if (step.lostPerMinute() >= before.lostPerMinute()) {
      at.problem(
          "lost-per-minute", "" + step.lostPerMinute(), "less than " + before.lostPerMinute());
    }
    if (step.shareLost() >= before.shareLost()) {
      at.problem("share-lost", "" + step.shareLost(), "less than " + before.shareLost());
    }
    before
        .amountPerMinuteMinor()
        .forEach((currency, amount) -> {
          Long milder = step.amountPerMinuteMinor().get(currency);
          if (milder == null || milder >= amount) {
            at.problem(
                "amount-per-minute-minor",
                currency + " " + milder,
                currency + " less than " + amount);
          }
        });
  }

  /** The worst level this loss reaches. */
  public Level levelOf(Loss loss) {
    return steps.stream()
        .filter(step -> step.reachedBy(loss, shareCountsFrom))
        .map(SeverityStep::level)
        .findFirst()
        .orElse(Level.SEV4);
  }
}
