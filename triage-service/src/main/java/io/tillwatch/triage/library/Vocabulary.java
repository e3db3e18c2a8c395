package io.tillwatch.triage.library;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.util.CharsRef;
import org.apache.lucene.util.CharsRefBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The words of payments as terms: lower case, without endings, one term for all that means the
 * same. Thread-safe.
 */
final class Vocabulary {

  /** Joins the words of a constant such as {@code do_not_honor}. */
  private static final Pattern UNDERSCORE = Pattern.compile("_");

  /** Characters of one word; a longer one is cut in parts. */
  private static final int WORD_MAX = 64;

  private static final Vocabulary SHIPPED = read();

  private final Analyzer plain;
  private final Analyzer analyzer;
  private final Set<String> light;

  private Vocabulary(Analyzer plain, Analyzer analyzer, Set<String> light) {
    this.plain = plain;
    this.analyzer = analyzer;
    this.light = light;
  }

  static Vocabulary shipped() {
    return SHIPPED;
  }

  private static Vocabulary read() {
    Analyzer plain = new Terms(null);
    Set<String> light =
        Resources.lines("light.txt").stream()
            .flatMap(line -> split(plain, line).stream())
            .collect(Collectors.toUnmodifiableSet());
    return new Vocabulary(plain, new Terms(synonyms(plain)), light);
  }

  private static SynonymMap synonyms(Analyzer plain) {
    SynonymMap.Builder map = new SynonymMap.Builder(true);
    for (String line : Resources.lines("words.txt")) {
      int colon = line.indexOf(':');
      CharsRef meant = joined(split(plain, line.substring(0, colon)));
      for (String said : line.substring(colon + 1).split(",")) {
        map.add(joined(split(plain, said)), meant, false);
      }
    }
    try {
      return map.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CharsRef joined(List<String> words) {
    return SynonymMap.Builder.join(words.toArray(String[]::new), new CharsRefBuilder());
  }

  Analyzer analyzer() {
    return analyzer;
  }

  /** The terms of a text, each once, in order. */
  Set<String> terms(String text) {
    return new LinkedHashSet<>(split(analyzer, text));
  }

  /** The words of a text without their endings, each as often as it stands there. */
  List<String> words(String text) {
    return split(plain, text);
  }

  /** Whether a term says what kind of answer is wanted, and not what about. */
  boolean isLight(String term) {
    return light.contains(term);
  }

  private static List<String> split(Analyzer analyzer, String text) {
    List<String> terms = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream("", new StringReader(text))) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(term.toString());
      }
      tokens.end();
      return terms;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How text becomes terms. */
  private static final class Terms extends Analyzer {

    private final @Nullable SynonymMap synonyms;

    Terms(@Nullable SynonymMap synonyms) {
      this.synonyms = synonyms;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer words = new StandardTokenizer();
      words.setMaxTokenLength(WORD_MAX);
      return components(words);
    }

    private TokenStreamComponents components(Tokenizer words) {
      TokenStream stems =
          new PorterStemFilter(new EnglishPossessiveFilter(new LowerCaseFilter(words)));
      return new TokenStreamComponents(
          words, synonyms == null ? stems : new SynonymGraphFilter(stems, synonyms, true));
    }

    @Override
    protected Reader initReader(String field, Reader text) {
      return new PatternReplaceCharFilter(UNDERSCORE, " ", text);
    }
  }
}
