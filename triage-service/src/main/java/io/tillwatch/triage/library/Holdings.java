package io.tillwatch.triage.library;

import java.util.List;
import java.util.stream.IntStream;

/** The index over what some sources hold, made anew when one of them changed. Thread-safe. */
final class Holdings {

  private final Vocabulary vocabulary;
  private final List<Source> sources;
  private List<List<Page>> indexed = List.of();
  private Shelf shelf;

  Holdings(Vocabulary vocabulary, List<Source> sources) {
    this.vocabulary = vocabulary;
    this.sources = List.copyOf(sources);
    this.shelf = new Shelf(vocabulary, List.of());
  }

  /** The index over what the sources hold now. */
  synchronized Shelf shelf() {
    List<List<Page>> now = sources.stream().map(Source::pages).toList();
    if (!same(now, indexed)) {
      shelf = new Shelf(vocabulary, now.stream().flatMap(List::stream).toList());
      indexed = now;
    }
    return shelf;
  }

  // A source that changed gives another list; comparing what they hold would read all of it.
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(List<List<Page>> now, List<List<Page>> before) {
    return now.size() == before.size()
        && IntStream.range(0, now.size()).allMatch(i -> now.get(i) == before.get(i));
  }
}
