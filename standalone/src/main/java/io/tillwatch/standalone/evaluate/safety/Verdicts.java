package io.tillwatch.standalone.evaluate.safety;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of a suite.
 *
 * @param corpora the folders its lines are from
 * @param onWire fields that a model heard of and may not
 * @param marked fields that were marked to see that
 * @param faultDeadline how long a model might take that hangs; another one has what it has in
 *     production
 */
record Verdicts(
    List<String> corpora,
    RedactionScore redaction,
    Lines orders,
    Lines answers,
    Set<String> onWire,
    int marked,
    Duration faultDeadline) {

  Verdicts {
    corpora = List.copyOf(corpora);
    onWire = new TreeSet<>(onWire);
  }

  /**
   * Something that does not hold; holds no text of a corpus.
   *
   * @param demand name of the check
   * @param saw what was seen instead
   */
  record Failure(String id, String demand, String saw) {}

  /** What came of the lines of one file, in their order. */
  static final class Lines {

    private final List<Failure> failures = new ArrayList<>();
    private final List<Duration> pages = new ArrayList<>();
    private int lines;
    private int checks;
    private int benignBlocked;

    void add(Line line) {
      lines++;
      checks += line.checks();
      failures.addAll(line.failures());
      pages.addAll(line.pages());
      if (line.benign() && !line.failures().isEmpty()) {
        benignBlocked++;
      }
    }

    int lines() {
      return lines;
    }

    /** Checks that were made. */
    int checks() {
      return checks;
    }

    /** Harmless lines on which something was lost. */
    int benignBlocked() {
      return benignBlocked;
    }

    List<Failure> failures() {
      return List.copyOf(failures);
    }

    /** Lines on which something does not hold. */
    long failed() {
      return failures.stream().map(Failure::id).distinct().count();
    }

    /** What so many pages in a hundred took at most. */
    Duration paged(int percent) {
      List<Duration> sorted = pages.stream().sorted().toList();
      return sorted.isEmpty()
          ? Duration.ZERO
          : sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }
  }

  /**
   * What came of one line.
   *
   * @param pages from burst to page, of each incident
   */
  record Line(boolean benign, int checks, List<Failure> failures, List<Duration> pages) {
    Line {
      failures = List.copyOf(failures);
      pages = List.copyOf(pages);
    }
  }

  boolean pagedInTime() {
    return answers.paged(99).compareTo(DeskDemands.PAGE_MAX) <= 0;
  }

  boolean passed() {
    return redaction.leaks() == 0
        && redaction.mustKeepLost() == 0
        && orders.failures().isEmpty()
        && answers.failures().isEmpty()
        && onWire.isEmpty()
        && pagedInTime();
  }
}
