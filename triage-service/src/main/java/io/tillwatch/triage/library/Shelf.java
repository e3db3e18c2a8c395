package io.tillwatch.triage.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
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
 * <p>A passage is found by its text, its heading, its page's title and subject, and, with less
 * weight, by what else its page says. Words that tell what kind of answer is wanted are looked for
 * in headings alone.
 */
final class Shelf {

  private static final String TITLE = "title";
  private static final String HEADING = "heading";
  private static final String TEXT = "text";
  private static final String PAGE = "page";

  /** What a word counts for by where it stands. */
  private static final Map<String, Float> BOOSTS =
      Map.of(TITLE, 2.0f, HEADING, 1.0f, TEXT, 1.0f, PAGE, 1.0f);

  /** What a word that stands in several places counts for in the others. */
  private static final float TIE = 0.2f;

  /**
   * What a word that tells the kind of answer counts for in a heading, however rare it is there.
   */
  private static final float KIND = 0.5f;

  /** Share of BM25's correction for length: passages are short, and none is padded. */
  private static final float LENGTH = 0.2f;

  private static final float SATURATION = 1.2f;

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
   * @param top terms of its heading, title and subject
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
      document.add(new TextField(HEADING, Cues.with(passage.section()), Field.Store.NO));
      document.add(new TextField(TEXT, passage.text(), Field.Store.NO));
      document.add(new TextField(PAGE, whole.toString(), Field.Store.NO));
      writer.addDocument(document);
      Set<String> top = vocabulary.terms(subject + "\n" + passage.section());
      Set<String> text = vocabulary.terms(passage.text());
      entries.add(new Entry(passage, top, text, pageTerms));
      Set<String> own = new HashSet<>(top);
      own.addAll(text);
      own.forEach(term -> passagesOf.merge(term, 1, Integer::sum));
    }
  }

  /**
   * The entries that fit these terms best, with their scores, the best first.
   *
   * @param top how many at most
   */
  List<Scored> search(Set<String> terms, int top) {
    if (entries.isEmpty() || terms.isEmpty()) {
      return List.of();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(term -> query.add(query(term), Occur.SHOULD));
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
      return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(HEADING, term))), KIND);
    }
    return new DisjunctionMaxQuery(
        new TreeMap<>(BOOSTS)
            .entrySet().stream().map(field -> in(field.getKey(), term, field.getValue())).toList(),
        TIE);
  }

  private static Query in(String field, String term, float boost) {
    return new BoostQuery(new TermQuery(new Term(field, term)), boost);
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
