package io.tillwatch.topology.bin;

import io.tillwatch.schemas.event.BinRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The built-in table: which prefixes belong to which scheme, and nothing more. */
final class SchemeRanges {

  static final List<BinRange> ALL = load();

  private SchemeRanges() {}

  private static List<BinRange> load() {
    try (InputStream in =
        Objects.requireNonNull(SchemeRanges.class.getResourceAsStream("schemes.csv"))) {
      return BinRangeCsv.parse(new InputStreamReader(in, StandardCharsets.UTF_8), "schemes.csv");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
