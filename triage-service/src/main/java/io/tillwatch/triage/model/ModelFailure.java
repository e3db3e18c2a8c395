package io.tillwatch.triage.model;

/** There is no answer. The message holds no content of prompt or answer. */
public final class ModelFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public ModelFailure(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why there is none: log, metric, audit and screen use it. */
  public Reason reason() {
    return reason;
  }

  /** Why a model did not answer. */
  public enum Reason {
    /** No model is configured. */
    OFF,
    /** Calls, tokens or money of the incident or the hour are used up. */
    OVER_BUDGET,
    /** Too many calls are under way. */
    BUSY,
    /** Too many failed lately; none is tried for a while. */
    BREAKER_OPEN,
    /** It did not answer in time. */
    DEADLINE,
    /** No connection, or it broke. */
    UNREACHABLE,
    /** It refused our credentials or the request (4xx). */
    REFUSED,
    /** Too many requests (429). */
    RATE_LIMITED,
    /** It failed itself (5xx). */
    SERVER_ERROR,
    /** It sent us elsewhere; redirects are not followed. */
    REDIRECTED,
    /** The answer is larger than an answer may be. */
    TOO_LARGE,
    /** The answer is not in the vendor's format. */
    UNREADABLE,
    /** The prompt may not go out. */
    AGAINST_POLICY,
    /** It could not be put on record, so that nothing was sent. */
    NOT_RECORDED
  }
}
