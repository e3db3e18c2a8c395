package io.tillwatch.rules.suppress;

import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.match.Traits;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.Fields;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nobody is told of some incidents, because somebody wants it so.
 *
 * @param name what people call it
 * @param match which incidents; each root cell must lie there
 * @param author who wants it
 * @param reason why
 * @param from since when
 * @param until until when, which is not part of it
 * @param upTo the worst level it holds back; what is worse is told at once; null for any
 */
public record Silence(
    String name,
    Matcher match,
    String author,
    String reason,
    Instant from,
    Instant until,
    @Nullable Level upTo) {

  /** Longest silence: a longer one is a decision, and belongs into the watch itself. */
  public static final Duration LENGTH_MAX = Duration.ofDays(31);

  static Silence read(Fields fields) {
    if (!fields.has("match")) {
      fields.problem("match", "no match", "one, or {} for every incident");
    }
    Silence silence =
        new Silence(
            fields.text("name"),
            fields.has("match") ? Matcher.read(fields.mapping("match")) : Matcher.ANY,
            fields.text("author"),
            fields.text("reason"),
            fields.time("from"),
            fields.time("until"),
            fields.has("up-to") ? fields.oneOf("up-to", Level.class) : null);
    Duration length = Duration.between(silence.from, silence.until);
    boolean bothRead =
        !silence.from.equals(Fields.NO_TIME) && !silence.until.equals(Fields.NO_TIME);
    if (bothRead && (length.compareTo(Duration.ZERO) <= 0 || length.compareTo(LENGTH_MAX) > 0)) {
      fields.problem(
          "until",
          silence.until.toString(),
          "a time after from, by %d days at most".formatted(LENGTH_MAX.toDays()));
    }
    fields.end("match");
    return silence;
  }

  /** Whether it is in force at a time. */
  public boolean inForce(Instant time) {
    return !time.isBefore(from) && time.isBefore(until);
  }

  /** Whether it holds an incident back at a time. */
  public boolean holds(Traits traits, Instant time) {
    return inForce(time)
        && (upTo == null || upTo.atLeast(traits.severity()))
        && match.everywhere(traits);
  }
}
