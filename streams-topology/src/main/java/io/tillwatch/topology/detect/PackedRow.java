package io.tillwatch.topology.detect;

/**
 * What a leaf counted in a minute, read from few bytes: what most leaves have in common is a bit.
 *
 * <p>Numbers of variable length: how far the leaf's number is from the one before, flags, events;
 * first attempts, judged events and failures unless the flags tell them; then technical failures,
 * reasons, money and buckets of the latency sketch as far as there are any.
 */
final class PackedRow {

  /** All events were first attempts. */
  static final int ALL_FIRST = 1;

  /** All events were judged. */
  static final int ALL_JUDGED = 2;

  static final int HAS_FAILURES = 4;
  static final int HAS_TECHNICAL = 8;
  static final int HAS_REASONS = 16;

  /** Money is of one currency, and all that were judged and did not fail are in it. */
  static final int USUAL_MONEY = 32;

  static final int OTHER_MONEY = 64;
  static final int HAS_LATENCY = 128;

  long leafStep;
  int events;
  int firstAttempts;
  int judged;
  int failures;
  private int flags;

  /** Reads up to the facts. */
  void read(BytesIn in) {
    leafStep = in.number();
    flags = in.u8();
    events = in.count();
    firstAttempts = has(ALL_FIRST) ? events : in.count();
    judged = has(ALL_JUDGED) ? events : in.count();
    failures = has(HAS_FAILURES) ? in.count() : 0;
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Reads the facts, and adds them. */
  void readFacts(BytesIn in, Facts facts, String[] currencies) {
    facts.technical += has(HAS_TECHNICAL) ? in.number() : 0;
    for (int left = has(HAS_REASONS) ? in.count() : 0; left > 0; left--) {
      long reason = in.number();
      facts.reasons[(int) (reason >>> 1)] += countOf(reason, in);
    }
    if (has(USUAL_MONEY)) {
      facts.add(currencies[in.count()], judged - failures, in.number());
    }
    for (int left = has(OTHER_MONEY) ? in.count() : 0; left > 0; left--) {
      facts.add(currencies[in.count()], in.number(), in.number());
    }
    int bucket = -1;
    for (int left = has(HAS_LATENCY) ? in.count() : 0; left > 0; left--) {
      long step = in.number();
      bucket += (int) (step >>> 1);
      facts.latency.addTo(bucket, countOf(step, in));
    }
  }

  /** Reads the first of the facts, and nothing after it. */
  int readTechnical(BytesIn in) {
    return has(HAS_TECHNICAL) ? in.count() : 0;
  }

  /** Passes over the facts. */
  void skipFacts(BytesIn in) {
    if (has(HAS_TECHNICAL)) {
      in.number();
    }
    if (has(HAS_REASONS)) {
      skipCounts(in);
    }
    if (has(USUAL_MONEY)) {
      in.number();
      in.number();
    }
    for (int left = has(OTHER_MONEY) ? in.count() : 0; left > 0; left--) {
      in.number();
      in.number();
      in.number();
    }
    if (has(HAS_LATENCY)) {
      skipCounts(in);
    }
  }

  private static void skipCounts(BytesIn in) {
    for (int left = in.count(); left > 0; left--) {
      countOf(in.number(), in);
    }
  }

  /** A number whose lowest bit is set is followed by its count; the others count once. */
  private static long countOf(long number, BytesIn in) {
    return (number & 1) == 0 ? 1 : in.number();
  }
}
