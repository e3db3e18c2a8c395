package io.tillwatch.schemas.settings;

import java.util.List;

/**
 * A raw value and where it was written.
 *
 * @param items one for a scalar, any number for a list
 * @param where file:line, environment variable or option
 */
record Sourced(List<String> items, boolean isList, String where) {

  static Sourced scalar(String value, String where) {
    return new Sourced(List.of(value), false, where);
  }

  /** The value as it was written, lists with commas. */
  String text() {
    return String.join(",", items);
  }
}
