package io.tillwatch.triage.library;

import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.triage.view.IncidentView;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runbooks, policy documents and reviewed incidents, found by what is asked of them.
 *
 * <p>The index is in memory and is made anew, in some ten milliseconds, by whoever asks first after
 * something changed. A question is looked at up to {@link #TERMS_MAX} terms; where the best passage
 * does not speak of it enough, nothing is found. Thread-safe.
 */
public final class Library {

  /** Passages of one answer at most. */
  public static final int PASSAGES_MAX = 10;

  /** Terms of a question that are looked for. */
  static final int TERMS_MAX = 64;

  /** What scores less than this share of the best is left out. */
  private static final double SCORE_SHARE_MIN = 0.3;

  /** Of the passages found one in so many may be a past incident, so that they bury no runbook. */
  private static final int INCIDENTS_SHARE = 2;

  private final Vocabulary vocabulary = Vocabulary.shipped();
  private final Kinds kinds = new Kinds(vocabulary);
  private final Holdings pages;
  private final Holdings incidents;
  private final Optional<ByMeaning> meaning;

  private Library(List<Source> pages, List<Source> incidents, Optional<ByMeaning> meaning) {
    this.pages = new Holdings(vocabulary, pages);
    this.incidents = new Holdings(vocabulary, incidents);
    this.meaning = meaning;
  }

  /**
   * A library of runbooks and documents.
   *
   * @param runbooks those in force, by name; another map only when something changed
   * @param folders of a site's policy documents, laid over the shipped ones
   * @throws java.io.UncheckedIOException when a folder cannot be read
   */
  public static Library of(Supplier<Map<String, Runbook>> runbooks, List<Path> folders) {
    return new Library(
        List.of(new Runbooks(runbooks), new Documents(folders)), List.of(), Optional.empty());
  }

  /**
   * The same with the incidents of a view as they are reviewed.
   *
   * @param meaning what ranks runbooks and documents beside their words, if anything does; of
   *     incidents nothing is sent anywhere for it
   */
  public static Library of(
      Supplier<Map<String, Runbook>> runbooks,
      List<Path> folders,
      IncidentView incidents,
      Optional<ByMeaning> meaning) {
    return new Library(
        List.of(new Runbooks(runbooks), new Documents(folders)),
        List.of(new PastIncidents(incidents)),
        meaning);
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

  /** The ids of the passages that speak of what is asked, the best first. */
  public List<String> ids(String question) {
    return search(question, PASSAGES_MAX).stream().map(Passage::id).toList();
  }

  /**
   * The same with their scores. Pages and incidents are indexed apart, so that how often a word was
   * written in incidents does not change what it counts for; which of them come first is said by
   * how much of the question their best one covers. Meaning changes the order, and never what is
   * refused: how near is near enough differs from model to model.
   */
  List<Found> find(String question, int top) {
    Set<String> terms =
        vocabulary.terms(question).stream()
            .limit(TERMS_MAX)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, Double> wanted = kinds.wanted(question);
    Shelf written = pages.shelf();
    Fitting fromPages = alsoByMeaning(question, fitting(terms, wanted, written, written), written);
    Fitting past = fitting(terms, wanted, incidents.shelf(), written);
    int most = Math.min(top, PASSAGES_MAX);
    boolean pastFirst = past.share > fromPages.share;
    int room = Math.max(pastFirst ? 1 : 0, most / INCIDENTS_SHARE);
    List<Found> few = past.found.stream().limit(room).toList();
    List<Found> before = pastFirst ? few : fromPages.upTo(most - few.size());
    return Stream.of(before, few, fromPages.found)
        .flatMap(List::stream)
        .distinct()
        .limit(most)
        .toList();
  }

  /**
   * What fits a question.
   *
   * @param share of the question that the best covers
   * @param found the best first; none when the best does not speak of it enough
   */
  private record Fitting(double share, List<Found> found) {

    List<Found> upTo(int most) {
      return found.stream().limit(most).toList();
    }
  }

  private Fitting alsoByMeaning(String question, Fitting byWords, Shelf shelf) {
    if (meaning.isEmpty() || byWords.found.isEmpty()) {
      return byWords;
    }
    List<Passage> near = meaning.get().nearest(question, shelf.entries(), PASSAGES_MAX);
    return near.isEmpty()
        ? byWords
        : new Fitting(
            byWords.share,
            Fusion.of(byWords.found.stream().map(Found::passage).toList(), near).stream()
                .limit(PASSAGES_MAX)
                .toList());
  }

  private Fitting fitting(
      Set<String> terms, Map<String, Double> wanted, Shelf shelf, Shelf weights) {
    List<Shelf.Scored> near = shelf.search(terms, wanted, PASSAGES_MAX);
    if (near.isEmpty()) {
      return new Fitting(0, List.of());
    }
    Fit fit = Fit.of(terms, near.getFirst().entry(), weights, vocabulary);
    if (!fit.enough()) {
      return new Fitting(0, List.of());
    }
    double least = near.getFirst().score() * SCORE_SHARE_MIN;
    return new Fitting(
        fit.share(),
        near.stream()
            .filter(scored -> scored.score() >= least)
            .map(scored -> new Found(scored.entry().passage(), scored.score()))
            .toList());
  }
}
