package io.tillwatch.triage.library;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.Texts;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a model wrote, judged: its text as it may be shown, or why it may not.
 *
 * @param outcome {@link Outcome#ANSWERED}, or the first thing that is wrong
 * @param text one line; empty when it may not be shown
 */
record Drafted(Outcome outcome, String text) {

  /** Characters of an answer; a longer one is not cut but refused. */
  static final int CHARACTERS_MAX = 1_200;

  /** Characters of what a model says around it, escapes and citations included. */
  private static final int RAW_CHARACTERS_MAX = 8 * 1024;

  private static final Set<String> FIELDS = Set.of("answer", "citations");
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)]");

  /** Citations behind a full stop belong to the sentence before it. */
  private static final Pattern BEHIND = Pattern.compile("([.!?])\\s*((?:\\[[^\\[\\]]*]\\s*)+)");

  private static final Pattern ACTIVE =
      Pattern.compile(
          "[<>`*_|~\\\\\\[\\]{}#@]|://|&#?\\w+;|\\bwww\\b|\\b(?:javascript|data|mailto):"
              + "|[\\p{L}\\p{Nd}-]\\.\\p{L}{2,}",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+(?:[.,:]\\p{Nd}+)*");

  /**
   * Judges.
   *
   * @param raw as it came
   * @param given what it was given to cite
   */
  static Drafted judge(String raw, List<Passage> given) {
    if (raw.length() > RAW_CHARACTERS_MAX) {
      return refused(Outcome.TOO_LONG);
    }
    JsonNode said;
    try {
      said = BoundedJson.object(raw.getBytes(StandardCharsets.UTF_8));
    } catch (BoundedJson.Unreadable noJson) {
      return refused(Outcome.NOT_AS_ASKED);
    }
    if (!asAsked(said)) {
      return refused(Outcome.NOT_AS_ASKED);
    }
    Set<String> cited = new LinkedHashSet<>();
    said.path("citations").forEach(id -> cited.add(id.textValue()));
    return judge(Texts.line(said.path("answer").textValue()), cited, given);
  }

  private static boolean asAsked(JsonNode said) {
    Set<String> fields = new HashSet<>();
    said.fieldNames().forEachRemaining(fields::add);
    boolean texts = true;
    for (JsonNode id : said.path("citations")) {
      texts &= id.isTextual();
    }
    return fields.equals(FIELDS)
        && said.path("answer").isTextual()
        && said.path("citations").isArray()
        && texts;
  }

  private static Drafted judge(String text, Set<String> cited, List<Passage> given) {
    if (text.isEmpty()) {
      return refused(Outcome.MODEL_ABSTAINED);
    }
    if (text.length() > CHARACTERS_MAX) {
      return refused(Outcome.TOO_LONG);
    }
    Map<String, Passage> byId =
        given.stream()
            .collect(Collectors.toMap(Passage::id, Function.identity(), (first, again) -> first));
    if (!byId.keySet().containsAll(cited) || !cited.equals(idsIn(text))) {
      return refused(Outcome.WRONG_CITATION);
    }
    if (ACTIVE.matcher(withoutCitations(text)).find()) {
      return refused(Outcome.LINK_OR_MARKUP);
    }
    if (!new Redactor().find(text).isEmpty()) {
      return refused(Outcome.SENSITIVE);
    }
    String inOrder = BEHIND.matcher(text).replaceAll(Drafted::beforeTheStop).strip();
    Outcome worst = sentences(inOrder, byId);
    return worst == Outcome.ANSWERED ? new Drafted(worst, inOrder) : refused(worst);
  }

  private static String beforeTheStop(MatchResult found) {
    return Matcher.quoteReplacement(" " + found.group(2).strip() + found.group(1) + " ");
  }

  private static Outcome sentences(String text, Map<String, Passage> byId) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(text);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String sentence = text.substring(from, to);
      from = to;
      Set<String> ids = idsIn(sentence);
      if (ids.isEmpty()) {
        return Outcome.UNCITED;
      }
      Set<String> known = new HashSet<>();
      ids.stream()
          .map(byId::get)
          .filter(Objects::nonNull)
          .forEach(passage -> known.addAll(numbers(written(passage))));
      if (!known.containsAll(numbers(withoutCitations(sentence)))) {
        return Outcome.NUMBER_NOT_FOUND;
      }
    }
    return Outcome.ANSWERED;
  }

  private static String written(Passage passage) {
    return String.join("\n", passage.title(), passage.section(), passage.text());
  }

  private static Set<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Set<String> idsIn(String text) {
    return BRACKETS
        .matcher(text)
        .results()
        .flatMap(found -> Pattern.compile(",").splitAsStream(found.group(1)))
        .map(String::strip)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String withoutCitations(String text) {
    return BRACKETS.matcher(text).replaceAll("");
  }

  private static Drafted refused(Outcome outcome) {
    return new Drafted(outcome, "");
  }
}
