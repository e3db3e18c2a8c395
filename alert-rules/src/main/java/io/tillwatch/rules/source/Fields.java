package io.tillwatch.rules.source;

import io.tillwatch.rules.source.Node.Entry;
import io.tillwatch.rules.source.Node.Listing;
import io.tillwatch.rules.source.Node.Mapping;
import io.tillwatch.rules.source.Node.Scalar;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The typed fields of one mapping.
 *
 * <p>A value that is missing or wrong is written down as a problem and replaced by some value of
 * its type, so that reading goes on; nothing read may be used before {@link Problems#throwIfAny}.
 * Close with {@link #end}: keys nobody asked for are problems too. Not thread-safe.
 */
public final class Fields {

  /** What is read instead of a time that is none. */
  public static final Instant NO_TIME = Instant.EPOCH;

  private static final String TIME = "a time such as 2026-12-01T02:00:00Z";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

  private final Mapping mapping;
  private final Problems problems;
  private final Set<String> asked = new HashSet<>();

  public Fields(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /** Where the mapping begins. */
  public Place place() {
    return mapping.place();
  }

  /** Where a field's value stands; the mapping's own place when it is absent. */
  public Place place(String key) {
    Entry entry = mapping.entries().get(key);
    return entry == null ? mapping.place() : entry.value().place();
  }

  /** The keys in the order of the file. */
  public Set<String> keys() {
    return mapping.entries().keySet();
  }

  /** Whether a field is there. */
  public boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** Writes down what is wrong with a field. */
  public void problem(String key, String found, String expected) {
    problems.add(place(key), found, expected);
  }

  /** A text that must be there and not be empty. */
  public String text(String key) {
    Node node = required(key, "text");
    return node == null ? "" : textOf(node);
  }

  /** A text, or the default when it is absent. */
  public String text(String key, String absent) {
    return optional(key).map(this::textOf).orElse(absent);
  }

  /** A symbol of an enum, written lower case. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    Node node = required(key, symbols(type));
    return node == null ? type.getEnumConstants()[0] : symbolOf(node, type);
  }

  /** A symbol of an enum, or the default when it is absent. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> type, E absent) {
    return optional(key).map(node -> symbolOf(node, type)).orElse(absent);
  }

  /** One symbol or a list of them; at least one. */
  public <E extends Enum<E>> List<E> manyOf(String key, Class<E> type) {
    return items(key, symbols(type)).stream().map(node -> symbolOf(node, type)).toList();
  }

  /** One word or a list of them, each one of those allowed; at least one. */
  public List<String> words(String key, Set<String> allowed) {
    String expected = allowed.stream().sorted().collect(Collectors.joining(", ", "one of ", ""));
    return items(key, expected).stream().map(node -> word(node, allowed, expected)).toList();
  }

  private String word(Node node, Set<String> allowed, String expected) {
    String text = textOf(node);
    if (!allowed.contains(text)) {
      problems.add(node.place(), node.kind(), expected);
    }
    return text;
  }

  /** One text or a list of them; at least one. */
  public List<String> texts(String key) {
    return items(key, "text").stream().map(this::textOf).toList();
  }

  /** A number within bounds, both inclusive. */
  public double number(String key, double min, double max) {
    Node node = required(key, bounds(min, max));
    return node == null ? min : numberOf(node, min, max);
  }

  /** A number within bounds, or the default when it is absent. */
  public double number(String key, double min, double max, double absent) {
    return optional(key).map(node -> numberOf(node, min, max)).orElse(absent);
  }

  /** A whole number within bounds, both inclusive. */
  public int integer(String key, int min, int max) {
    double value = number(key, min, max);
    if (value != Math.rint(value)) {
      problem(key, "'" + value + "'", "a whole number");
    }
    return (int) value;
  }

  /** Yes or no, or the default when it is absent. */
  public boolean flag(String key, boolean absent) {
    Optional<Node> node = optional(key);
    if (node.isEmpty()) {
      return absent;
    }
    String text = textOf(node.get());
    if (!text.equals("true") && !text.equals("false")) {
      problem(key, node.get().kind(), "true or false");
    }
    return text.equals("true");
  }

  /** A length of time such as {@code 90s}, {@code 10m}, {@code 2h} or {@code 7d}. */
  public Duration duration(String key, Duration min, Duration max) {
    Node node = required(key, "a duration such as 90s, 10m, 2h or 7d");
    if (node == null) {
      return min;
    }
    Duration value = durationOf(textOf(node));
    if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      problems.add(
          node.place(),
          node.kind(),
          "a duration such as 90s, 10m, 2h or 7d, from %s to %s"
              .formatted(written(min), written(max)));
      return min;
    }
    return value;
  }

  /** A time in UTC such as {@code 2026-12-01T02:00:00Z}; {@link #NO_TIME} when it is none. */
  public Instant time(String key) {
    Node node = required(key, TIME);
    if (node == null) {
      return NO_TIME;
    }
    String text = textOf(node);
    try {
      return text.isEmpty() ? NO_TIME : Instant.parse(text);
    } catch (DateTimeException e) {
      problems.add(node.place(), node.kind(), TIME);
      return NO_TIME;
    }
  }

  /** A mapping that must be there. */
  public Fields mapping(String key) {
    Node node = required(key, "a mapping");
    return node == null ? none() : fieldsOf(node);
  }

  /** The mappings of a list; at least one. */
  public List<Fields> mappings(String key) {
    return items(key, "a list of mappings").stream().map(this::fieldsOf).toList();
  }

  /** The mappings of a list, or none when it is absent. */
  public List<Fields> mappingsIfAny(String key) {
    return has(key) ? mappings(key) : List.of();
  }

  /** Every entry of a mapping, read one by one; empty when it is absent. */
  public <T> Map<String, T> each(String key, BiFunction<Fields, String, T> read) {
    if (!has(key)) {
      return Map.of();
    }
    Fields fields = mapping(key);
    Map<String, T> values = new LinkedHashMap<>();
    fields.keys().forEach(name -> values.put(name, read.apply(fields, name)));
    fields.end();
    return values;
  }

  /** Ends the mapping: a key that was not asked for is a problem, but for these. */
  public void end(String... alsoAllowed) {
    asked.addAll(List.of(alsoAllowed));
    end();
  }

  /** Ends a mapping of which any of these keys may be there and no other. */
  public void end(Set<String> allowed) {
    asked.addAll(allowed);
    end();
  }

  /** Ends the mapping: a key that was not asked for is a problem. */
  public void end() {
    mapping
        .entries()
        .forEach((key, entry) -> {
          if (!asked.contains(key)) {
            problems.add(
                entry.keyPlace(),
                "'" + key + "'",
                asked.stream().sorted().collect(Collectors.joining(", ", "one of ", "")));
          }
        });
  }

  private @Nullable Node required(String key, String expected) {
    Optional<Node> node = optional(key);
    if (node.isEmpty()) {
      problems.add(mapping.place(), "no '" + key + "'", expected);
    }
    return node.orElse(null);
  }

  private Optional<Node> optional(String key) {
    asked.add(key);
    Entry entry = mapping.entries().get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.value());
  }

  private List<Node> items(String key, String expected) {
    Node node = required(key, expected);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Listing listing)) {
      return List.of(node);
    }
    if (listing.items().isEmpty()) {
      problems.add(node.place(), "an empty list", expected);
    }
    return new ArrayList<>(listing.items());
  }

  private Fields fieldsOf(Node node) {
    if (node instanceof Mapping found) {
      return new Fields(found, problems);
    }
    problems.add(node.place(), node.kind(), "a mapping");
    return none();
  }

  /** Fields that complain no further. */
  private Fields none() {
    return new Fields(new Mapping(mapping.place(), Map.of()), new Problems());
  }

  private String textOf(Node node) {
    if (node instanceof Scalar scalar && !scalar.text().isBlank()) {
      return scalar.text().strip();
    }
    problems.add(node.place(), node.kind(), "text");
    return "";
  }

  private <E extends Enum<E>> E symbolOf(Node node, Class<E> type) {
    String text = node instanceof Scalar scalar ? scalar.text() : "";
    for (E symbol : type.getEnumConstants()) {
      if (symbol.name().toLowerCase(Locale.ROOT).equals(text)) {
        return symbol;
      }
    }
    problems.add(node.place(), node.kind(), symbols(type));
    return type.getEnumConstants()[0];
  }

  private static <E extends Enum<E>> String symbols(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(symbol -> symbol.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  private double numberOf(Node node, double min, double max) {
    double value = parsed(node instanceof Scalar scalar ? scalar.text() : "");
    if (!(value >= min && value <= max)) {
      problems.add(node.place(), node.kind(), bounds(min, max));
      return min;
    }
    return value;
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text.replace("_", ""));
    } catch (NumberFormatException e) {
      return Double.NaN; // no bounds hold a NaN: the caller writes the problem down
    }
  }

  private static String bounds(double min, double max) {
    return "a number from %s to %s".formatted(plain(min), plain(max));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static @Nullable Duration durationOf(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** A length of time as rules are written: the largest unit that it is a whole number of. */
  public static String written(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds > 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds > 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
