package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.topology.detect.Aspect;
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
    return symbol("kind", label, List.of(EventKind.values()));
  }

  /** What of a kind of event is asked about; its failures when not given. */
  Aspect aspect(EventKind kind) {
    List<Kpi> kpis = Aspect.kpis(kind);
    Kpi kpi = text("kpi").map(label -> symbol("kpi", label, kpis)).orElse(kpis.getFirst());
    Optional<Reason> reason =
        text("reason").map(label -> symbol("reason", label, List.of(Reason.values())));
    if (reason.isPresent() != (kpi == Kpi.REASON_MIX)) {
      throw Refusal.badParameter(
          "reason",
          text("reason").orElse(""),
          "one of " + labels(List.of(Reason.values())) + " with kpi=reason_mix, else none");
    }
    return new Aspect(kpi, reason.orElse(null));
  }

  private static <E extends Enum<E>> E symbol(String name, String label, List<E> symbols) {
    return symbols.stream()
        .filter(symbol -> label(symbol).equals(label))
        .findFirst()
        .orElseThrow(() -> Refusal.badParameter(name, label, "one of " + labels(symbols)));
  }

  private static String labels(List<? extends Enum<?>> symbols) {
    return symbols.stream().map(Parameters::label).collect(Collectors.joining(", "));
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
}
