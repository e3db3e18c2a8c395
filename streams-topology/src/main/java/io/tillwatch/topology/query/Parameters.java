package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The parameters of a request: each known, given once, and short. */
final class Parameters {

  /** Characters of a value; slice values are at most 64. */
  static final int VALUE_LENGTH_MAX = 256;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Refuses names that are not allowed, repeated ones, and values that are empty or too long. */
  static Parameters of(Map<String, List<String>> values, SortedSet<String> allowed) {
    values.forEach((name, given) -> {
      if (!allowed.contains(name)) {
        throw new Refusal(
            RefusalReason.BAD_PARAMETER,
            "unknown parameter " + Refusal.echo(name),
            "one of " + String.join(", ", allowed));
      }
      if (given.size() != 1) {
        throw Refusal.badParameter(name, String.join(",", given), "one value");
      }
      String value = given.getFirst();
      if (value.isBlank() || value.length() > VALUE_LENGTH_MAX) {
        throw Refusal.badParameter(name, value, "1 to %d characters".formatted(VALUE_LENGTH_MAX));
      }
    });
    return new Parameters(values);
  }

  static SortedSet<String> names(String... names) {
    return new TreeSet<>(Arrays.asList(names));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getFirst);
  }

  /** The kind of event; {@code auth} when not given. */
  EventKind kind() {
    String label = text("kind").orElse("auth");
    return Arrays.stream(EventKind.values())
        .filter(kind -> label(kind).equals(label))
        .findFirst()
        .orElseThrow(() -> Refusal.badParameter("kind", label, "one of " + kindLabels()));
  }

  int integer(String name, int defaultValue, int min, int max) {
    String text = text(name).orElse(null);
    if (text == null) {
      return defaultValue;
    }
    String expected = "a whole number from %d to %d".formatted(min, max);
    try {
      int value = Integer.parseInt(text);
      if (value < min || value > max) {
        throw Refusal.badParameter(name, text, expected);
      }
      return value;
    } catch (NumberFormatException e) {
      throw Refusal.badParameter(name, text, expected);
    }
  }

  /** An enum's name in JSON, parameters and labels. */
  static String label(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }

  private static String kindLabels() {
    return Arrays.stream(EventKind.values())
        .map(Parameters::label)
        .collect(Collectors.joining(", "));
  }
}
