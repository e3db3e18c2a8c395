package io.tillwatch.triage.library;

import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.triage.view.IncidentView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runbooks, policy documents and reviewed incidents, found by what is asked of them.
 *
 * <p>The index is in memory and is made anew, in some ten milliseconds, by whoever asks first after
 * something changed. A question is looked at up to {@link #TERMS_MAX} terms; where the best passage does
 * not speak of it enough, nothing is found. Thread-safe.
 */
public final class Library {

  /** Passages of one answer at most. */
  public static final int PASSAGES_MAX = 10;

  /** Terms of a question that are looked for. */
  static final int TERMS_MAX = 64;

  /** Candidates of which the best are taken. */
  private static final int CANDIDATES = 40;

  /** What scores less than this share of the best is left out. */
  private static final double SCORE_SHARE_MIN = 0.3;

  /** Of the passages found one in so many may be a past incident, so that they bury no runbook. */
  private static final int INCIDENTS_SHARE = 2;

  private final Vocabulary vocabulary = Vocabulary.shipped();
  private final List<Source> sources;
  private List<List<Page>> held = List.of();
  private Shelf shelf = new Shelf(vocabulary, List.of());

  private Library(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * A library of runbooks and documents.
   *
   * @param runbooks those in force, by name; another map only when something changed
   * @param folders of a site's policy documents, laid over the shipped ones
   * @throws java.io.UncheckedIOException when a folder cannot be read
   */
  public static Library of(Supplier<Map<String, Runbook>> runbooks, List<Path> folders) {
    return new Library(List.of(new Runbooks(runbooks), new Documents(folders)));
  }

  /** The same with the incidents of a view as they are reviewed. */
  public static Library of(
      Supplier<Map<String, Runbook>> runbooks, List<Path> folders, IncidentView incidents) {
    return new Library(
        List.of(new Runbooks(runbooks), new Documents(folders), new PastIncidents(incidents)));
  }

  /**
   * The passages that speak of what is asked, the best first.
   *
   * @param top how many at most
   * @return none when nothing fits
   */
  public List<Passage> search(String question, int top) {
    return find(question, top).stream().map(Found::passage).toList();
  }

  /** The same with their scores. */
  List<Found> find(String question, int top) {
    Set<String> terms =
        vocabulary.terms(question).stream()
            .limit(TERMS_MAX)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Shelf now = shelf();
    List<Shelf.Scored> near = now.search(terms, CANDIDATES);
    boolean fits =
        !near.isEmpty() && Fit.of(terms, near.getFirst().entry(), now, vocabulary).enough();
    return fits ? best(near, Math.min(top, PASSAGES_MAX)) : List.of();
  }

  private static List<Found> best(List<Shelf.Scored> near, int top) {
    double least = near.getFirst().score() * SCORE_SHARE_MIN;
    List<Found> best = new ArrayList<>();
    int incidents = 0;
    for (Shelf.Scored scored : near) {
      boolean incident = PastIncidents.isOne(scored.entry().passage());
      boolean room = !incident || incidents * INCIDENTS_SHARE < top;
      if (best.size() < top && scored.score() >= least && room) {
        best.add(new Found(scored.entry().passage(), scored.score()));
        incidents += incident ? 1 : 0;
      }
    }
    return best;
  }

  /** The index over what the sources hold now. */
  private synchronized Shelf shelf() {
    List<List<Page>> now = sources.stream().map(Source::pages).toList();
    if (!same(now, held)) {
      shelf = new Shelf(vocabulary, now.stream().flatMap(List::stream).toList());
      held = now;
    }
    return shelf;
  }

  // A source that changed gives another list; comparing what they hold would read all of it.
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(List<List<Page>> now, List<List<Page>> before) {
    return now.size() == before.size()
        && IntStream.range(0, now.size())
            .allMatch(i -> now.get(i) == before.get(i));
  }
}
