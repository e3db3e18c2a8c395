package io.tillwatch.topology.detect;

/** What some leaves counted over a stretch of minutes, and what was expected of them. */
final class Stretch {

  /** Minutes that were observed, with events or without. */
  double minutes;

  long events;
  long judged;
  long failures;
  double failuresExpected;
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

  void write(BytesOut out) {
    out.real(minutes).number(events).number(judged).number(failures).real(failuresExpected);
    facts.write(out);
  }

  static Stretch read(BytesIn in) {
    double minutes = in.real();
    long events = in.number();
    long judged = in.number();
    long failures = in.number();
    double expected = in.real();
    Stretch stretch = new Stretch(Facts.read(in));
    stretch.minutes = minutes;
    stretch.events = events;
    stretch.judged = judged;
    stretch.failures = failures;
    stretch.failuresExpected = expected;
    return stretch;
  }
}
