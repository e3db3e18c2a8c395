package io.tillwatch.triage.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * An index over pages, in memory: never changed, replaced by another one. Thread-safe.
 *
 * <p>A passage's score is the sum of three: how well its page speaks of the question (the best of
 * title and subject, nicknames, and all of its text), how well the passage does itself (the better
 * of heading and text), and whether it is of a kind that is wanted. The first finds the page, the
 * others the section. Words that tell what kind of answer is wanted are looked for in headings of
 * rules alone.
 */
final class Shelf {

  private static final String TITLE = "title";
  private static final String HEADING = "heading";
  private static final String TEXT = "text";
  private static final String PAGE = "page";
  private static final String NICKNAMES = "nicknames";
  private static final String KIND = "kind";

  /** What a word of the page counts for by where it stands. */
  private static final Map<String, Float> OF_PAGE = Map.of(TITLE, 2f, NICKNAMES, 3f, PAGE, 3f);

  /** What a word of the passage itself counts for. */
  private static final Map<String, Float> OF_PASSAGE = Map.of(HEADING, 2f, TEXT, 1f);

  /** What a word that stands in several places counts for in the others. */
  private static final float TIE = 0.25f;

  /** What a kind counts for that is wanted and no other: as much as a rare word or two. */
  private static final float WANTED = 8;

  /**
   * What a word that tells the kind of answer counts for in a heading, however rare it is there.
   */
  private static final float LIGHT = 0.35f;

  /** Share of BM25's correction for length: passages are short, and none is padded. */
  private static final float LENGTH = 0.2f;

  private static final float SATURATION = 2;

  /** Says at each start that vectors could be faster; there are none here. */
  private static final Logger VECTORS =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    VECTORS.setLevel(Level.SEVERE);
  }

  private final Vocabulary vocabulary;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> passagesOf = new HashMap<>();
  private final IndexSearcher searcher;

  /**
   * What is held of a passage beside the index.
   *
   * @param top terms of its heading, and of its page's title, subject and nicknames
   * @param text terms of its text
   * @param page terms of its whole page
   */
  record Entry(Passage passage, Set<String> top, Set<String> text, Set<String> page) {}

  Shelf(Vocabulary vocabulary, List<Page> pages) {
    this.vocabulary = vocabulary;
    this.searcher = new IndexSearcher(index(pages));
    searcher.setSimilarity(similarity());
    searcher.setQueryCache(null);
  }

  private static BM25Similarity similarity() {
    return new BM25Similarity(SATURATION, LENGTH);
  }

  private DirectoryReader index(List<Page> pages) {
    ByteBuffersDirectory memory = new ByteBuffersDirectory();
    try {
      try (IndexWriter writer =
          new IndexWriter(
              memory,
              new IndexWriterConfig(vocabulary.analyzer())
                  .setSimilarity(similarity())
                  // Numbers of documents stay the order they came in, which is that of entries.
                  .setMergePolicy(NoMergePolicy.INSTANCE))) {
        for (Page page : pages) {
          add(page, writer);
        }
      }
      return DirectoryReader.open(memory);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
  }

  private void add(Page page, IndexWriter writer) throws IOException {
    String subject = page.title() + "\n" + page.subject();
    StringBuilder whole = new StringBuilder(subject);
    page.passages()
        .forEach(passage ->
            whole.append('\n').append(passage.section()).append('\n').append(passage.text()));
    Set<String> pageTerms = vocabulary.terms(whole.toString());
    for (Passage passage : page.passages()) {
      Document document = new Document();
      document.add(new TextField(TITLE, subject, Field.Store.NO));
      document.add(new TextField(NICKNAMES, page.nicknames(), Field.Store.NO));
      document.add(new TextField(HEADING, heading(passage), Field.Store.NO));
      document.add(new TextField(TEXT, passage.text(), Field.Store.NO));
      document.add(new TextField(PAGE, whole.toString(), Field.Store.NO));
      document.add(new StringField(KIND, Kinds.of(passage), Field.Store.NO));
      writer.addDocument(document);
      Set<String> top =
          vocabulary.terms(subject + "\n" + page.nicknames() + "\n" + passage.section());
      Set<String> text = vocabulary.terms(passage.text());
      entries.add(new Entry(passage, top, text, pageTerms));
      Set<String> own = new HashSet<>(top);
      own.addAll(text);
      own.forEach(term -> passagesOf.merge(term, 1, Integer::sum));
    }
  }

  /** A runbook's headings are all the same: they are told by their kind. */
  private static String heading(Passage passage) {
    return Kinds.of(passage).equals(Kinds.RULES) ? passage.section() : "";
  }

  /**
   * The entries that fit these terms best, with their scores, the best first.
   *
   * @param wanted kinds of sections, with the share of each
   * @param top how many at most
   */
  List<Scored> search(Set<String> terms, Map<String, Double> wanted, int top) {
    if (entries.isEmpty() || terms.isEmpty()) {
      return List.of();
    }
    BooleanQuery.Builder spoken = new BooleanQuery.Builder();
    terms.forEach(term -> spoken.add(query(term), Occur.SHOULD));
    BooleanQuery.Builder query = new BooleanQuery.Builder().add(spoken.build(), Occur.MUST);
    wanted.forEach((kind, share) ->
        query.add(constant(KIND, kind, WANTED * share.floatValue()), Occur.SHOULD));
    try {
      List<Scored> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query.build(), top).scoreDocs) {
        found.add(new Scored(entries.get(hit.doc), hit.score));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  /** An entry that was found. */
  record Scored(Entry entry, double score) {}

  private Query query(String term) {
    if (vocabulary.isLight(term)) {
      return constant(HEADING, term, LIGHT);
    }
    return new BooleanQuery.Builder()
        .add(best(OF_PAGE, term), Occur.SHOULD)
        .add(best(OF_PASSAGE, term), Occur.SHOULD)
        .build();
  }

  private static Query best(Map<String, Float> boosts, String term) {
    return new DisjunctionMaxQuery(
        boosts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(field -> new BoostQuery(in(field.getKey(), term), field.getValue()))
            .toList(),
        TIE);
  }

  private static Query constant(String field, String term, float score) {
    return new BoostQuery(new ConstantScoreQuery(in(field, term)), score);
  }

  private static Query in(String field, String term) {
    return new TermQuery(new Term(field, term));
  }

  /** All that is held. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Passages there are. */
  int size() {
    return entries.size();
  }

  /** Passages a term stands in. */
  int passagesWith(String term) {
    return passagesOf.getOrDefault(term, 0);
  }
}
