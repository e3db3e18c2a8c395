package io.tillwatch.standalone.evaluate;

import io.tillwatch.triage.incident.Input;
import java.time.Instant;
import java.util.List;

/**
 * One incident as the desk heard of it, and what it really was.
 *
 * @param id seed and number, for example {@code 7-012}
 * @param seed what it was drawn from
 * @param source where its bursts come from
 * @param label what really happened
 * @param noise what else happened, in words
 * @param heard what the desk heard, in order
 */
record GoldenCase(
    String id, long seed, Source source, Label label, List<String> noise, List<Heard> heard) {

  GoldenCase {
    noise = List.copyOf(noise);
    heard = List.copyOf(heard);
  }

  /** Where bursts come from. */
  enum Source {
    /** From simulated payments, by the detector of production. */
    SIMULATED,
    /** Written by code from drawn figures: what the simulator has no payments for. */
    BUILT
  }

  /** One thing the desk heard: a burst, a change, a notice or an alert. */
  record Heard(Instant at, Input input) {}
}
