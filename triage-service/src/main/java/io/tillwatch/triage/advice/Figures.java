package io.tillwatch.triage.advice;

import io.tillwatch.schemas.incident.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the numbers of a text are those of the evidence it cites.
 *
 * <p>Every run of digits has to be accounted for: as a name that the evidence uses (an evidence id,
 * a BIN range, a version, a region), as a time of it, as a well-known term ({@code p95}, {@code
 * 3DS}), or as a value of it within rounding, in the unit that is written behind it. A fraction may
 * be written as percent and milliseconds as seconds. Numbers in words count from ten on. What is no
 * ASCII digit is never found.
 */
final class Figures {

  private static final Pattern DIGITS_AND_LETTERS =
      Pattern.compile("[\\p{L}\\p{N}._:-]*\\p{N}[\\p{L}\\p{N}._:-]*");
  private static final Pattern TERMS =
      Pattern.compile("(?<![\\p{L}\\p{N}])(p50|p90|p95|p99|3ds2?|3-d|4xx|5xx)(?![\\p{L}\\p{N}])");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?)"
              + "\\s?(%|percent|per cent|\\p{L}+)?");
  private static final Pattern END_OF_SENTENCE = Pattern.compile("[.:]+$");
  private static final Pattern ONLY_NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
  private static final Pattern WORDS = Pattern.compile("[a-z]+");

  private static final Map<String, Double> NUMBER_WORDS =
      table(
          """
          ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16
          seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50
          sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 hundreds=100 dozen=12
          dozens=12 thousand=1000 thousands=1000 million=1e6 millions=1e6 billion=1e9
          half=0.5
          """);

  /** What a unit of time is in milliseconds. */
  private static final Map<String, Double> MILLIS =
      table(
          """
          ms=1 millisecond=1 milliseconds=1 s=1e3 sec=1e3 second=1e3 seconds=1e3 min=6e4
          minute=6e4 minutes=6e4 h=3.6e6 hour=3.6e6 hours=3.6e6
          """);

  private static final Set<String> PERCENT = Set.of("%", "percent", "per cent");

  /** Sums of binary fractions are not exact. */
  private static final double EXACT = 1e-9;

  /** A fraction; what is said of it in percent is a hundred times as much. */
  private static final double FRACTION_MAX = 1.5;

  private final List<String> names = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();

  /** What a value counts: things or a share of them, percent, or time. */
  private enum Sort {
    PLAIN,
    PERCENT,
    TIME
  }

  /** A size; of time in milliseconds. */
  private record Value(double size, Sort sort) {

    static Value of(double number, String unit) {
      double size = Math.abs(number);
      if (PERCENT.contains(unit)) {
        return new Value(size, Sort.PERCENT);
      }
      Double millis = MILLIS.get(unit);
      return millis == null ? new Value(size, Sort.PLAIN) : new Value(size * millis, Sort.TIME);
    }

    /** As it would be written in this unit; no number when it is not written in it. */
    double in(String unit) {
      if (PERCENT.contains(unit)) {
        boolean isShare = sort == Sort.PLAIN && size <= FRACTION_MAX;
        return sort == Sort.PERCENT ? size : isShare ? size * 100 : Double.NaN;
      }
      Double millis = MILLIS.get(unit);
      if (millis != null) {
        return sort == Sort.TIME ? size / millis : Double.NaN;
      }
      return sort == Sort.PERCENT ? Double.NaN : size;
    }
  }

  private Figures() {}

  private static Map<String, Double> table(String text) {
    return Arrays.stream(text.strip().split("\\s+"))
        .map(entry -> entry.split("="))
        .collect(Collectors.toMap(entry -> entry[0], entry -> Double.valueOf(entry[1])));
  }

  /**
   * The figures of evidence.
   *
   * @param also names that may be used besides: evidence ids, places of the incident, times
   */
  static Figures of(List<Evidence> cited, Collection<String> also) {
    Figures figures = new Figures();
    Set<String> names = new HashSet<>();
    also.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    for (Evidence piece : cited) {
      piece.getSlice().values().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
      piece.getValues().forEach((name, value) -> figures.values.add(Value.of(value, unitOf(name))));
      figures.read(piece.getStatement(), names);
    }
    figures.names.addAll(names);
    figures.names.sort(Comparator.comparingInt(String::length).reversed());
    return figures;
  }

  /** Names of values end in their unit. */
  private static String unitOf(String name) {
    return name.endsWith("Millis") ? "ms" : name.equals("minutes") ? "min" : "";
  }

  /** The figures of a text that may be quoted, such as a section of a runbook. */
  Figures and(String text) {
    Figures both = new Figures();
    both.values.addAll(values);
    Set<String> all = new HashSet<>(names);
    both.read(text, all);
    both.names.addAll(all);
    both.names.sort(Comparator.comparingInt(String::length).reversed());
    return both;
  }

  /** Numbers that stand alone are values; what is mixed with letters, dots or colons is a name. */
  private void read(String statement, Set<String> names) {
    Matcher tokens = DIGITS_AND_LETTERS.matcher(statement.toLowerCase(Locale.ROOT));
    StringBuilder rest = new StringBuilder();
    while (tokens.find()) {
      String token = END_OF_SENTENCE.matcher(tokens.group()).replaceAll("");
      boolean isNumber = ONLY_NUMBER.matcher(token).matches();
      if (!isNumber) {
        names.add(token);
      }
      tokens.appendReplacement(rest, isNumber ? token : " ");
    }
    tokens.appendTail(rest);
    Matcher numbers = NUMBER.matcher(rest);
    while (numbers.find()) {
      values.add(Value.of(parsed(numbers.group(1)), unit(numbers)));
    }
  }

  /** Whether each number of the text is accounted for. */
  boolean account(String text) {
    String rest = text.toLowerCase(Locale.ROOT);
    for (String name : names) {
      rest = without(rest, name);
    }
    rest = TERMS.matcher(rest).replaceAll(" ");
    Matcher numbers = NUMBER.matcher(rest);
    StringBuilder left = new StringBuilder();
    while (numbers.find()) {
      boolean glued = numbers.start() > 0 && isPartOfWord(rest.charAt(numbers.start() - 1));
      if (glued || !isFound(numbers)) {
        return false;
      }
      numbers.appendReplacement(left, " ");
    }
    numbers.appendTail(left);
    return left.chars().noneMatch(Character::isDigit) && wordsAreFound(left.toString());
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ',';
  }

  private static String without(String text, String name) {
    if (name.chars().noneMatch(Character::isDigit)) {
      return text;
    }
    return text.replaceAll("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])", " ");
  }

  private boolean wordsAreFound(String text) {
    Matcher words = WORDS.matcher(text);
    while (words.find()) {
      Double number = NUMBER_WORDS.get(words.group());
      if (number != null && !isValue(number, "", 0) && !isValue(number, "%", 0)) {
        return false;
      }
    }
    return true;
  }

  /** Zeros in front are of an id or of a telephone number. */
  private boolean isFound(Matcher number) {
    String text = number.group(1);
    if (text.length() > 1 && text.charAt(0) == '0' && Character.isDigit(text.charAt(1))) {
      return false;
    }
    int point = text.lastIndexOf('.');
    int decimals = point < 0 ? decimalsBehindComma(text) : text.length() - point - 1;
    return isValue(parsed(text), unit(number), decimals);
  }

  private static int decimalsBehindComma(String text) {
    int comma = text.lastIndexOf(',');
    return comma < 0 || text.length() - comma - 1 == 3 ? 0 : text.length() - comma - 1;
  }

  private static double parsed(String text) {
    return Double.parseDouble(
        decimalsBehindComma(text) > 0 ? text.replace(',', '.') : text.replace(",", ""));
  }

  private static String unit(Matcher number) {
    String unit = number.group(2);
    return unit == null ? "" : unit;
  }

  private boolean isValue(double number, String unit, int decimals) {
    return values.stream().anyMatch(value -> isSame(number, value.in(unit), decimals));
  }

  /**
   * Within the rounding that its digits show; whole numbers of three digits on may end in zeros.
   */
  private static boolean isSame(double number, double value, int decimals) {
    if (Math.abs(number - value) < EXACT) {
      return true;
    }
    if (decimals == 0 && Math.min(number, value) < 1) {
      return false;
    }
    double step = Math.pow(10, -decimals);
    double whole = number;
    while (decimals == 0 && whole >= 100 && whole % 10 == 0) {
      step *= 10;
      whole /= 10;
    }
    return Math.abs(number - value) <= step / 2 + EXACT;
  }
}
