package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.standalone.evaluate.safety.MarkedText.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a redactor leaves of what may not stay, and takes of what has to.
 *
 * <p>Judged by its output alone, so that it may mask as it likes. A card number leaks when {@value
 * #DIGITS_LEFT_MAX} digits or more of it can be read one behind the other in any usual encoding; of
 * one that is split, when more than the first eight (six, if it is shorter than sixteen) and the
 * last four are visible. Track data leaks with what stands behind its number as well. Anything
 * leaks that stands where it stood, behind the characters that stood before it.
 */
final class RedactionScore {

  /** As many digits of a card number, and nobody has the card. */
  static final int DIGITS_LEFT_MAX = 8;

  private static final int CONTEXT_BEFORE = 8;
  private static final int CONTEXT_BEHIND = 4;
  private static final int DISCRETIONARY_MIN = 8;
  private static final int LAST_VISIBLE = 4;
  private static final int LONG_NUMBER = 16;
  private static final String SPLIT = "PAN_SPLIT";

  /** Of one type or family: how many there are, and how many leaked. */
  static final class Count {
    private int all;
    private int leaked;

    int all() {
      return all;
    }

    int leaked() {
      return leaked;
    }

    private void add(boolean leak) {
      all++;
      leaked += leak ? 1 : 0;
    }
  }

  /** A line on which something is wrong; holds none of its text. */
  record Fault(String id, String family, String what) {}

  private final Map<String, Count> byType = new TreeMap<>();
  private final Map<String, Count> byFamily = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private int lines;
  private int mustKeep;
  private int mustKeepLost;

  /** The score of this redactor over these lines. */
  static RedactionScore of(List<MarkedText> lines, UnaryOperator<String> redactor) {
    RedactionScore score = new RedactionScore();
    lines.forEach(line -> score.take(line, redactor.apply(line.text())));
    return score;
  }

  private void take(MarkedText line, String redacted) {
    lines++;
    List<Span> spans = line.spans().stream().sorted(Comparator.comparingInt(Span::start)).toList();
    List<String> digits = Disguises.digits(redacted);
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (!span.isPart()) {
        String context = context(line.text(), spans, i);
        count(line, span.type(), leaks(line, span, redacted.contains(context), redacted, digits));
      }
    }
    spans.stream()
        .filter(Span::isPart)
        .collect(Collectors.groupingBy(Span::canon, TreeMap::new, Collectors.toList()))
        .forEach((number, parts) ->
            count(line, SPLIT, showsTooMuch(line.text(), spans, parts, number, redacted)));
    keep(line, redacted);
  }

  private void count(MarkedText line, String type, boolean leak) {
    byType.computeIfAbsent(type, name -> new Count()).add(leak);
    byFamily.computeIfAbsent(line.family(), name -> new Count()).add(leak);
    if (leak) {
      faults.add(new Fault(line.id(), line.family(), type + " left"));
    }
  }

  private static boolean leaks(
      MarkedText line, Span span, boolean standsThere, String redacted, List<String> digits) {
    if (standsThere) {
      return true;
    }
    if (span.isCardNumber() && Disguises.shows(digits, span.canon(), DIGITS_LEFT_MAX + 1)) {
      return true;
    }
    if (!span.isTrack()) {
      return false;
    }
    String behind =
        line.text()
            .substring(span.start(), span.end())
            .replaceFirst("[?F]+$", "")
            .replaceFirst("^.*[=^D]", "");
    return behind.length() >= DISCRETIONARY_MIN && redacted.contains(behind);
  }

  /** The marked text behind what stood before it; where nothing did, before what stood behind. */
  private static String context(String text, List<Span> spans, int index) {
    Span span = spans.get(index);
    int before = index == 0 ? 0 : spans.get(index - 1).end();
    int from = Math.max(span.start() - CONTEXT_BEFORE, before);
    if (from < span.start()) {
      return text.substring(from, span.end());
    }
    int next = index + 1 < spans.size() ? spans.get(index + 1).start() : text.length();
    return text.substring(span.start(), Math.min(span.end() + CONTEXT_BEHIND, next));
  }

  private static boolean showsTooMuch(
      String text, List<Span> spans, List<Span> parts, String number, String redacted) {
    int first = number.length() >= LONG_NUMBER ? 8 : 6;
    int at = 0;
    for (Span part : parts.stream().sorted(Comparator.comparingInt(Span::part)).toList()) {
      int end = at + part.end() - part.start();
      boolean visible = redacted.contains(context(text, spans, spans.indexOf(part)));
      if (visible && end > first && at < number.length() - LAST_VISIBLE) {
        return true;
      }
      at = end;
    }
    return false;
  }

  private void keep(MarkedText line, String redacted) {
    mustKeep += line.mustKeep().size();
    Set<String> each = new HashSet<>(line.mustKeep());
    for (String text : each) {
      long wanted =
          Math.min(line.mustKeep().stream().filter(text::equals).count(), times(line.text(), text));
      long lost = Math.max(0, wanted - times(redacted, text));
      if (lost > 0) {
        mustKeepLost += (int) lost;
        faults.add(new Fault(line.id(), line.family(), "lost what has to stay"));
      }
    }
  }

  /** How often a part stands in a text; nothing stands nowhere. */
  static long times(String text, String part) {
    if (part.isEmpty()) {
      return 0;
    }
    long times = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      times++;
    }
    return times;
  }

  int lines() {
    return lines;
  }

  /** Marked texts that are still there. */
  int leaks() {
    return byType.values().stream().mapToInt(Count::leaked).sum();
  }

  int marked() {
    return byType.values().stream().mapToInt(Count::all).sum();
  }

  int mustKeep() {
    return mustKeep;
  }

  int mustKeepLost() {
    return mustKeepLost;
  }

  Map<String, Count> byType() {
    return byType;
  }

  Map<String, Count> byFamily() {
    return byFamily;
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }
}
