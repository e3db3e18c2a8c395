package io.tillwatch.triage.jira;

import java.time.Duration;

/**
 * How far the making of one incident's issue is: what is to be done next so that there is exactly
 * one, whatever became of a create that was not answered.
 *
 * <pre>
 *             ┌───────────── refused, or never sent ─────────────┐
 *             ▼                                                  │
 *   ──────► CLEAR ── create ──► DOUBT ──────── answered ─────────┴──► (there is an issue)
 *             ▲                 │  ▲ │                                        ▲
 *             │                 │  │ └──────────── look: found ───────────────┘
 *             │                 ▼  │
 *             └── looked ────  look: none
 *               long enough
 * </pre>
 *
 * <p>Jira has no key by which it would dedupe creates, and its search lags. So doubt begins
 * <em>before</em> a create is sent, and an action that somebody else may have tried before (this
 * process is younger than the action, or took it over) begins in doubt. Doubt ends when the issue
 * is found, or when at least {@link #LOOKS_MIN} looks found none and the last of them came so long
 * after the create that it would have been seen: {@link Waits#settle} when the look saw every issue
 * there can be, {@link Waits#indexLag} when it had the search only. A look that failed is none.
 *
 * <p>Time is a monotonic count of nanoseconds. Immutable.
 *
 * @param state where it stands
 * @param sinceNanos when the last create may have been sent
 * @param looks looks since then that found none
 * @param sight what the last of them could see
 */
record CreateOnce(State state, long sinceNanos, int looks, Sight sight) {

  static final int LOOKS_MIN = 2;

  /** Whether there may be an issue that we do not know of. */
  enum State {
    CLEAR,
    DOUBT
  }

  /** What comes next. */
  enum Step {
    /** There is none: make it. */
    CREATE,
    /** There may be one: look for it. */
    LOOK
  }

  /** What a look that found none has seen. */
  enum Sight {
    /** Every issue there can be, read from where it is stored. */
    ALL,
    /** What the search has indexed so far. */
    INDEX
  }

  /**
   * How long a create is waited for.
   *
   * @param settle longest time that Jira goes on with a request after we have let go of it
   * @param indexLag longest time after which a new issue is found by a search
   */
  record Waits(Duration settle, Duration indexLag) {

    Duration of(Sight sight) {
      return sight == Sight.ALL ? settle : indexLag;
    }
  }

  /** Nobody has tried before. */
  static CreateOnce untried() {
    return new CreateOnce(State.CLEAR, 0, 0, Sight.ALL);
  }

  /** Somebody may have tried before. */
  static CreateOnce maybeTried(long nowNanos) {
    return new CreateOnce(State.DOUBT, nowNanos, 0, Sight.ALL);
  }

  Step next() {
    return state == State.CLEAR ? Step.CREATE : Step.LOOK;
  }

  /** A create is about to be sent: noted before it is. */
  CreateOnce sending(long nowNanos) {
    return maybeTried(nowNanos);
  }

  /** A create was not answered: Jira may go on with it from now. */
  CreateOnce unanswered(long nowNanos) {
    return maybeTried(nowNanos);
  }

  /** A create was refused, or never left us: it made nothing. */
  CreateOnce madeNothing() {
    return untried();
  }

  /** A look found none. */
  CreateOnce foundNone(Sight seen, Waits waits, long nowNanos) {
    boolean enough = looks + 1 >= LOOKS_MIN && nowNanos - sinceNanos >= waits.of(seen).toNanos();
    return enough ? untried() : new CreateOnce(State.DOUBT, sinceNanos, looks + 1, seen);
  }

  /** How long until a look may end the doubt; zero when it may now. */
  Duration wait(Waits waits, long nowNanos) {
    long waited = nowNanos - sinceNanos;
    return state == State.CLEAR
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, waits.of(sight).toNanos() - waited));
  }
}
