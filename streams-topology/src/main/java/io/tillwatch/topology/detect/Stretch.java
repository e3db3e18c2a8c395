package io.tillwatch.topology.detect;

import org.jspecify.annotations.Nullable;

/** What some leaves counted over a stretch of minutes, and what was expected of them. */
final class Stretch {

  /** Minutes that were observed, with events or without. */
  double minutes;

  long events;
  long judged;
  long failures;
  double failuresExpected;

  /** Events of which it is known whether they were the first attempt of their payment. */
  private long attempts;

  private long firstAttempts;
  final Facts facts;

  Stretch() {
    this(new Facts());
  }

  private Stretch(Facts facts) {
    this.facts = facts;
  }

  /** Adds one row of a minute. */
  void add(Minute minute, int row, Leaves leaves) {
    events += minute.events(row);
    attempts += minute.events(row);
    firstAttempts += minute.firstAttempts(row);
    judged += minute.judged(row);
    failures += minute.failures(row);
    failuresExpected += minute.judged(row) * leaves.expected[minute.leaf[row]];
    minute.addTo(facts, row);
  }

  double judgedPerMinute() {
    return minutes == 0 ? 0 : judged / minutes;
  }

  double failureRate() {
    return judged == 0 ? 0 : (double) failures / judged;
  }

  double expectedFailureRate() {
    return judged == 0 ? 0 : failuresExpected / judged;
  }

  /** Successes that were expected and did not come. */
  double lost() {
    return failures - failuresExpected;
  }

  double technicalShare() {
    return judged == 0 ? 0 : Math.min(1, (double) facts.technical / judged);
  }

  /** Share of attempts that were not the first of their payment; null when nothing is known. */
  @Nullable Double retryShare() {
    return attempts == 0 ? null : Math.clamp(1 - (double) firstAttempts / attempts, 0, 1);
  }

  void write(BytesOut out) {
    out.real(minutes).number(events).number(judged).number(failures).real(failuresExpected);
    out.number(attempts).number(firstAttempts);
    facts.write(out);
  }

  static Stretch read(BytesIn in) {
    double minutes = in.real();
    long events = in.number();
    long judged = in.number();
    long failures = in.number();
    double expected = in.real();
    boolean knowsAttempts = in.format() >= Journal.FORMAT_WITH_ATTEMPTS;
    long attempts = knowsAttempts ? in.number() : 0;
    long firstAttempts = knowsAttempts ? in.number() : 0;
    Stretch stretch = new Stretch(Facts.read(in));
    stretch.minutes = minutes;
    stretch.events = events;
    stretch.judged = judged;
    stretch.failures = failures;
    stretch.failuresExpected = expected;
    stretch.attempts = attempts;
    stretch.firstAttempts = firstAttempts;
    return stretch;
  }
}
