package io.tillwatch.triage.gateway;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.model.Prompt.Purpose;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many calls through at once and none while the model is not well. Whoever is not let
 * through hears so at once. Others than ourselves get half of the places at most. Thread-safe.
 */
final class Guard {

  /** Calls that are looked back on. */
  private static final int WINDOW_CALLS = 10;

  /** Of fewer calls nothing is concluded. */
  static final int CALLS_MIN = 5;

  private static final float FAILURES_PERCENT_MAX = 50;

  /** How long none is let through; one then probes. */
  static final Duration OPEN = Duration.ofSeconds(30);

  /** The model is not well; anything else is an answer, if not one we can use. */
  private static final Set<Reason> ILL =
      EnumSet.of(Reason.DEADLINE, Reason.UNREACHABLE, Reason.SERVER_ERROR, Reason.RATE_LIMITED);

  /** Nothing was sent, so that nothing was learnt. */
  private static final Set<Reason> NOT_SENT =
      EnumSet.of(Reason.OVER_BUDGET, Reason.NOT_RECORDED, Reason.AGAINST_POLICY);

  private final Bulkhead places;
  private final Bulkhead placesOfOthers;
  private final CircuitBreaker breaker;

  Guard(int concurrent, Duration open) {
    this.places = bulkhead(concurrent);
    this.placesOfOthers = bulkhead(Math.max(1, concurrent / 2));
    this.breaker =
        CircuitBreaker.of(
            "model",
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW_CALLS)
                .minimumNumberOfCalls(CALLS_MIN)
                .failureRateThreshold(FAILURES_PERCENT_MAX)
                .waitDurationInOpenState(open)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
  }

  private static Bulkhead bulkhead(int concurrent) {
    return Bulkhead.of(
        "model",
        BulkheadConfig.custom()
            .maxConcurrentCalls(concurrent)
            .maxWaitDuration(Duration.ZERO)
            .build());
  }

  /**
   * Calls, when it may.
   *
   * @throws ModelFailure of the call, or because it may not
   */
  <T> T through(Purpose purpose, Supplier<T> call) {
    return purpose == Purpose.OTHERS
        ? within(placesOfOthers, () -> within(places, () -> unlessIll(call)))
        : within(places, () -> unlessIll(call));
  }

  private static <T> T within(Bulkhead places, Supplier<T> call) {
    if (!places.tryAcquirePermission()) {
      throw new ModelFailure(Reason.BUSY, "too many calls are under way");
    }
    try {
      return call.get();
    } finally {
      places.releasePermission();
    }
  }

  private <T> T unlessIll(Supplier<T> call) {
    if (!breaker.tryAcquirePermission()) {
      throw new ModelFailure(Reason.BREAKER_OPEN, "too many calls have failed lately");
    }
    long from = System.nanoTime();
    boolean learnt = false;
    try {
      T answer = call.get();
      breaker.onSuccess(System.nanoTime() - from, TimeUnit.NANOSECONDS);
      learnt = true;
      return answer;
    } catch (ModelFailure failure) {
      learnt = !NOT_SENT.contains(failure.reason());
      if (ILL.contains(failure.reason())) {
        breaker.onError(System.nanoTime() - from, TimeUnit.NANOSECONDS, failure);
      } else if (learnt) {
        breaker.onSuccess(System.nanoTime() - from, TimeUnit.NANOSECONDS);
      }
      throw failure;
    } finally {
      if (!learnt) {
        breaker.releasePermission();
      }
    }
  }

  /** Whether none is let through because too many failed. */
  boolean open() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /** Calls under way. */
  int underWay() {
    return places.getBulkheadConfig().getMaxConcurrentCalls()
        - places.getMetrics().getAvailableConcurrentCalls();
  }
}
