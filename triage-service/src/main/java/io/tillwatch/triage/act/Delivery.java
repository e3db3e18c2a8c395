package io.tillwatch.triage.act;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one attempt to deliver an action ended, and so whether another is worth its while. */
public sealed interface Delivery {

  /** What the other side said, for people and for the record; no secrets. */
  String detail();

  /**
   * The other side has it.
   *
   * @param externalId the other side's name for it; null when it gave none
   */
  record Done(@Nullable String externalId, String detail) implements Delivery {}

  /**
   * Not now: hang, reset, 429, 5xx. It may have happened all the same.
   *
   * @param after how long the other side asked us to wait (Retry-After); zero when it did not say
   */
  record Retry(String detail, Duration after) implements Delivery {}

  /**
   * Not tried, so that the other side's limit is kept: no attempt, nothing is wrong, and nothing of
   * it has happened.
   *
   * @param after when there is room again
   */
  record Held(String detail, Duration after) implements Delivery {}

  /** Never in this form: 400, unknown key. Trying again would get the same answer. */
  record Refused(String detail) implements Delivery {}

  /** The target is switched off: nobody is meant to hear of it. */
  record Off(String detail) implements Delivery {}
}
