package io.tillwatch.triage.incident;

import io.tillwatch.rules.paging.Impact;
import io.tillwatch.rules.severity.Loss;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Money;
import io.tillwatch.schemas.cube.SliceEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the bursts of one incident say, one by one and together. */
final class Bursts {

  /**
   * Authorisations first: what follows from them is rarely the cause. Of one kind what fails before
   * what is missing, and that before what is late: failed deliveries are delivered again, later.
   */
  private static final Comparator<Burst> LEAD_FIRST =
      Comparator.comparing((Burst burst) -> burst.getKind())
          .thenComparingInt(burst -> turn(burst.getKpi()))
          .thenComparing(Comparator.comparingDouble(Burst::getApprovalsLost).reversed())
          .thenComparing(Burst::getOnsetAt)
          .thenComparing(Burst::getBurstId);

  /** A burst that was over so long before the newest one was found is none of its time. */
  private static final Duration EPISODES_APART = Duration.ofMinutes(5);

  private Bursts() {}

  private static int turn(io.tillwatch.schemas.cube.Kpi kpi) {
    return switch (kpi) {
      case SUCCESS_RATE, TECHNICAL_SUCCESS_RATE, WEBHOOK_FAILURE, CAPTURE_SUCCESS -> 0;
      case VOLUME -> 1;
      case LATENCY, WEBHOOK_LAG, REFUND_SLA -> 2;
      case REASON_MIX -> 3;
      case UNKNOWN -> 4;
    };
  }

  /** Whether it still burns. */
  static boolean active(Burst burst) {
    return switch (burst.getState()) {
      case OPEN, REFINED, WIDENED, UNKNOWN -> true;
      case RECOVERING, CLOSED -> false;
    };
  }

  static boolean closed(Burst burst) {
    return burst.getState() == BurstState.CLOSED;
  }

  /**
   * The burst whose root cells stand for the incident: of those that are not from a time before,
   * when it came back.
   */
  static Burst lead(List<Burst> bursts) {
    Instant newest =
        bursts.stream()
            .map(Burst::getDetectedAt)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return bursts.stream()
        .filter(burst -> {
          Instant closedAt = burst.getClosedAt();
          return closedAt == null
              || closedAt.plus(EPISODES_APART).isAfter(newest)
              || burst
                  .getDetectedAt()
                  .equals(newest); // so one is left whatever times a burst tells
        })
        .min(LEAD_FIRST)
        .orElseThrow(() -> new IllegalStateException("an incident without a burst"));
  }

  /** What was lost, per currency and altogether. */
  record Losses(double approvalsLost, List<Money> amountAtRisk) {}

  /**
   * Losses of the kind of event that comes first of all it ever held, each counted once: of bursts
   * that overlap in place and time only the one that lost most counts. What was lost before another
   * kind led stays lost.
   */
  static Losses losses(List<Burst> bursts) {
    EventKind kind = bursts.stream().min(LEAD_FIRST).orElseThrow().getKind();
    List<Burst> counted = new ArrayList<>();
    bursts.stream()
        .filter(burst -> burst.getKind() == kind)
        .sorted(Comparator.comparingDouble(Burst::getApprovalsLost).reversed())
        .forEach(burst -> {
          if (counted.stream().noneMatch(other -> overlap(burst, other))) {
            counted.add(burst);
          }
        });
    Map<String, Long> amounts = new TreeMap<>();
    counted.stream()
        .flatMap(burst -> burst.getAmountAtRisk().stream())
        .forEach(money -> amounts.merge(money.getCurrency(), money.getAmountMinor(), Long::sum));
    return new Losses(
        counted.stream().mapToDouble(Burst::getApprovalsLost).sum(),
        amounts.entrySet().stream().map(e -> new Money(e.getKey(), e.getValue())).toList());
  }

  private static boolean overlap(Burst a, Burst b) {
    boolean inTime =
        !(a.getClosedAt() != null && !a.getClosedAt().isAfter(b.getOnsetAt()))
            && !(b.getClosedAt() != null && !b.getClosedAt().isAfter(a.getOnsetAt()));
    return inTime
        && a.getRootCells().stream()
            .anyMatch(x ->
                b.getRootCells().stream()
                    .anyMatch(y -> Correlation.overlaps(x.getSlice(), y.getSlice())));
  }

  /** Earliest onset. */
  static Instant startedAt(List<Burst> bursts) {
    return bursts.stream().map(Burst::getOnsetAt).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** When the first of them was found. */
  static Instant detectedAt(List<Burst> bursts) {
    return bursts.stream().map(Burst::getDetectedAt).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** A burst's impact as rules judge it. */
  static Impact impact(Burst burst) {
    double lostPerMinute = lostPerMinute(burst);
    return new Impact(
        burst.getRule(),
        Kind.valueOf(burst.getKind().name()),
        Kpi.valueOf(burst.getKpi().name()),
        burst.getRootCells().stream().map(SliceEvidence::getSlice).toList(),
        new Loss(
            lostPerMinute,
            burst.getShareOfTraffic() * lossWithin(burst),
            amountPerMinute(burst, lostPerMinute)),
        burst.getShareOfTraffic(),
        failures(burst),
        burst.getThreshold() > 0 ? burst.getStatistic() / burst.getThreshold() : 1);
  }

  /** The latest rate where it is given, the mean since the onset where it is not. */
  private static double lostPerMinute(Burst burst) {
    if (burst.getApprovalsLostPerMinute() > 0) {
      return burst.getApprovalsLostPerMinute();
    }
    if (burst.getApprovalsLost() > 0) {
      Duration since = Duration.between(burst.getOnsetAt(), burst.getUpdatedAt());
      return burst.getApprovalsLost() / Math.max(1, since.toMinutes());
    }
    return burst.getKpi() == io.tillwatch.schemas.cube.Kpi.VOLUME
        ? Math.max(0, burst.getExpected() - burst.getObserved())
        : 0;
  }

  /** Part of the root cells' traffic that is lost. */
  private static double lossWithin(Burst burst) {
    double drop = Math.max(0, burst.getExpected() - burst.getObserved());
    return switch (burst.getKpi()) {
      case VOLUME -> burst.getExpected() > 0 ? Math.min(1, drop / burst.getExpected()) : 0;
      case LATENCY, WEBHOOK_LAG, REASON_MIX, UNKNOWN -> 0;
      case WEBHOOK_FAILURE -> Math.clamp(burst.getObserved() - burst.getExpected(), 0.0, 1.0);
      case SUCCESS_RATE, TECHNICAL_SUCCESS_RATE, CAPTURE_SUCCESS, REFUND_SLA -> Math.min(1, drop);
    };
  }

  private static Map<String, Long> amountPerMinute(Burst burst, double lostPerMinute) {
    if (burst.getApprovalsLost() <= 0) {
      return Map.of();
    }
    Map<String, Long> amounts = new HashMap<>();
    burst
        .getAmountAtRisk()
        .forEach(money ->
            amounts.put(
                money.getCurrency(),
                Math.round(money.getAmountMinor() * lostPerMinute / burst.getApprovalsLost())));
    return amounts;
  }

  private static double failures(Burst burst) {
    double inWindow =
        burst.getRootCells().stream().mapToDouble(c -> c.getEvents() - c.getSuccesses()).sum();
    return Math.max(inWindow, burst.getApprovalsLost());
  }
}
