package io.tillwatch.load.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file.
 *
 * @param number its line in a text file, its record number in an Avro file, from 1
 * @param values text by column; a column without a value is absent or empty
 */
record Row(long number, Map<String, String> values) {

  /** The text of a column; null when the row has none. */
  @Nullable String get(String column) {
    String value = values.get(column);
    return value == null || value.isEmpty() ? null : value;
  }
}
