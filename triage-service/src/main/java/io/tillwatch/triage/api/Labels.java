package io.tillwatch.triage.api;

import java.util.Arrays;
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
}
