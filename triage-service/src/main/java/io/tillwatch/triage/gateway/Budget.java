package io.tillwatch.triage.gateway;

import io.tillwatch.triage.wire.Latest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * What may be spent on a model: calls per revision of an incident; calls, tokens and money within
 * any hour.
 *
 * <p>Before a call its estimate is set aside, so that calls at once cannot spend the same rest;
 * when it has ended, what it really used takes the estimate's place. Thread-safe.
 */
final class Budget {

  /** Revisions that are remembered; a few hundred are made in an hour of the worst kind. */
  static final int REVISIONS_MAX = 10_000;

  private static final Duration HOUR = Duration.ofHours(1);

  /** What one call has set aside or used. */
  static final class Share {

    private final Instant at;
    private long tokens;
    private long micros;

    private Share(Instant at, long tokens, long micros) {
      this.at = at;
      this.tokens = tokens;
      this.micros = micros;
    }
  }

  private final SpendingLimits limits;
  private final Deque<Share> spent = new ArrayDeque<>();
  private final Map<String, Integer> revisions = new Latest<>(REVISIONS_MAX);

  Budget(SpendingLimits limits) {
    this.limits = limits;
  }

  /**
   * Sets aside what a call will use at most.
   *
   * @param revision the incident's revision it is for; empty when it is for none
   * @return empty when there is not so much left
   */
  synchronized Optional<Share> take(String revision, long tokens, long micros, Instant now) {
    Instant hourAgo = now.minus(HOUR);
    spent.removeIf(share -> !share.at.isAfter(hourAgo));
    int calls = revision.isEmpty() ? 0 : revisions.getOrDefault(revision, 0);
    boolean left =
        calls < limits.callsPerRevision()
            && spent.size() < limits.callsPerHour()
            && spent.stream().mapToLong(share -> share.tokens).sum() + tokens
                <= limits.tokensPerHour()
            && (limits.microsPerHour() == 0
                || spent.stream().mapToLong(share -> share.micros).sum() + micros
                    <= limits.microsPerHour());
    if (!left) {
      return Optional.empty();
    }
    if (!revision.isEmpty()) {
      revisions.put(revision, calls + 1);
    }
    Share share = new Share(now, tokens, micros);
    spent.addLast(share);
    return Optional.of(share);
  }

  /** What the call used in the end. */
  synchronized void settle(Share share, long tokens, long micros) {
    share.tokens = tokens;
    share.micros = micros;
  }

  /** Nothing went out: as if it had not been asked for. */
  synchronized void giveBack(Share share, String revision) {
    spent.remove(share);
    revisions.computeIfPresent(revision, (name, calls) -> calls > 1 ? calls - 1 : null);
  }
}
