package io.tillwatch.load.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after another. */
interface Rows extends AutoCloseable {

  /** Longest value of one column, characters; a longer one is a quote that was never closed. */
  int VALUE_CHARACTERS_MAX = 1 << 20;

  /**
   * The next row; null at the end.
   *
   * @throws BadRow when this row cannot be taken apart and the next one can be tried
   * @throws IOException when nothing after this can be read
   */
  @Nullable Row next() throws IOException, BadRow;

  /** Number of the row last tried. */
  long number();

  /** All columns, where the file names them beforehand; empty where each row brings its own. */
  Set<String> columns();

  @Override
  void close() throws IOException;

  static Rows open(Path file, Mapping mapping) throws IOException {
    return switch (mapping.rules().format()) {
      case CSV -> new CsvRows(file, mapping.rules().delimiter());
      case JSONL -> new JsonRows(file);
      case AVRO -> new AvroRows(file);
    };
  }
}
