package io.tillwatch.triage.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enum symbols as they stand in JSON and query parameters: lower case. */
final class Labels {

  private Labels() {}

  static String of(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> Optional<E> find(Class<E> type, String label) {
    return Arrays.stream(type.getEnumConstants())
        .filter(symbol -> of(symbol).equals(label))
        .findFirst();
  }

  /** All of them but unknown, for people. */
  static <E extends Enum<E>> String all(Class<E> type) {
    return String.join(", ", known(type));
  }

  /** All of them but unknown. */
  static <E extends Enum<E>> List<String> known(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Labels::of)
        .filter(label -> !label.equals("unknown"))
        .toList();
  }
}
