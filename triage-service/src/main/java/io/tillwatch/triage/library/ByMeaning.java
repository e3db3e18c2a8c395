package io.tillwatch.triage.library;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tillwatch.triage.model.Embedder;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.phrase.Phrases;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passages by what they mean, as a remote model has it: beside the words, never in their place.
 *
 * <p>The vectors of passages are asked for in the background, when a question comes and some are
 * not known; until all are, and whenever the model does not answer, words alone decide. A vector is
 * kept for as long as its passage is there. Thread-safe.
 *
 * <p>{@code tillwatch_questions_ranked_total{by}}: questions by how their passages were ranked; the
 * sum is all questions that were looked for.
 */
public final class ByMeaning implements MeterBinder {

  /** Texts of one call: of 1,536 numbers each, their vectors are 160 KiB of JSON. */
  static final int BATCH_MAX = 8;

  /** Passages that are asked for; a library of more is searched by its words. */
  static final int PASSAGES_MAX = 2_000;

  /** Characters of one passage that are looked at: about 1,000 tokens. */
  static final int CHARACTERS_MAX = 4_000;

  private static final Logger LOG = LoggerFactory.getLogger(ByMeaning.class);

  private final Embedder embedder;
  private final Executor background;
  private final Map<Ranking, LongAdder> counts = new EnumMap<>(Ranking.class);
  private Map<String, float[]> known = Map.of();
  private boolean underWay;
  private boolean failing;

  /** What decided about the order of a question's passages. */
  enum Ranking {
    /** Words and meaning. */
    BOTH,
    /** Words alone: the vectors of some passages are not known yet. */
    NOT_READY,
    /** Words alone: the model did not answer. */
    FAILED
  }

  /** A ranking by this model. */
  public ByMeaning(Embedder embedder) {
    this(embedder, work -> Thread.ofVirtual().name("tillwatch-library-vectors").start(work));
  }

  /**
   * The same.
   *
   * @param background runs what asks for the vectors of passages
   */
  ByMeaning(Embedder embedder, Executor background) {
    this.embedder = embedder;
    this.background = background;
    for (Ranking ranking : Ranking.values()) {
      counts.put(ranking, new LongAdder());
    }
  }

  /**
   * The passages that are nearest to a question, the nearest first; none when that cannot be said
   * now.
   *
   * @param top how many at most
   */
  List<Passage> nearest(String question, List<Shelf.Entry> entries, int top) {
    Map<String, float[]> vectors = vectorsOf(entries);
    if (vectors.isEmpty()) {
      count(Ranking.NOT_READY);
      return List.of();
    }
    try {
      float[] asked = embedder.embed(List.of(question)).getFirst();
      List<Passage> near =
          entries.stream()
              .sorted(
                  Comparator.comparingDouble(
                      entry -> -cosine(asked, vectors.getOrDefault(text(entry), asked))))
              .limit(top)
              .map(Shelf.Entry::passage)
              .toList();
      count(Ranking.BOTH);
      said(false, "");
      return near;
    } catch (ModelFailure failure) {
      count(Ranking.FAILED);
      said(true, Phrases.label(failure.reason()));
      return List.of();
    }
  }

  /** The vectors of all of them, by text; none, and asked for, as long as some are not known. */
  private synchronized Map<String, float[]> vectorsOf(List<Shelf.Entry> entries) {
    List<String> texts = entries.stream().map(ByMeaning::text).distinct().toList();
    if (known.keySet().containsAll(texts)) {
      return known;
    }
    if (!underWay && texts.size() <= PASSAGES_MAX) {
      underWay = true;
      background.execute(() -> learn(texts));
    }
    return Map.of();
  }

  private void learn(List<String> texts) {
    Map<String, float[]> vectors = new HashMap<>(known());
    vectors.keySet().retainAll(texts);
    try {
      List<String> missing = texts.stream().filter(text -> !vectors.containsKey(text)).toList();
      for (int from = 0; from < missing.size(); from += BATCH_MAX) {
        List<String> batch = missing.subList(from, Math.min(from + BATCH_MAX, missing.size()));
        List<float[]> learnt = embedder.embed(batch);
        for (int i = 0; i < batch.size(); i++) {
          vectors.put(batch.get(i), learnt.get(i));
        }
      }
      said(false, "");
    } catch (ModelFailure failure) {
      said(true, Phrases.label(failure.reason()));
    } finally {
      keep(vectors);
    }
  }

  private synchronized Map<String, float[]> known() {
    return known;
  }

  private synchronized void keep(Map<String, float[]> vectors) {
    known = Map.copyOf(vectors);
    underWay = false;
  }

  /** Once when it begins to fail, and once when it is over. */
  private synchronized void said(boolean fails, String why) {
    if (fails && !failing) {
      LOG.warn("No vectors ({}): passages are found by their words alone", why);
    } else if (!fails && failing) {
      LOG.info("Vectors again: passages are found by words and meaning");
    }
    failing = fails;
  }

  private static String text(Shelf.Entry entry) {
    Passage passage = entry.passage();
    String text = "%s – %s\n%s".formatted(passage.title(), passage.section(), passage.text());
    return text.substring(0, Math.min(text.length(), CHARACTERS_MAX));
  }

  /** 0 for vectors of different lengths: another model made them. */
  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      dot += a[i] * b[i];
      lengthA += a[i] * a[i];
      lengthB += b[i] * b[i];
    }
    double lengths = Math.sqrt(lengthA * lengthB);
    return a.length != b.length || lengths == 0 ? 0 : dot / lengths;
  }

  private void count(Ranking ranking) {
    of(ranking).increment();
  }

  /** How many questions were ranked so. */
  long counted(Ranking ranking) {
    return of(ranking).sum();
  }

  private LongAdder of(Ranking ranking) {
    return counts.computeIfAbsent(ranking, missing -> new LongAdder());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counts.forEach((ranking, count) ->
        FunctionCounter.builder("tillwatch.questions.ranked", count, LongAdder::sum)
            .tag("by", Phrases.label(ranking))
            .description("Questions by what decided about the order of their passages")
            .register(registry));
  }
}
