package io.tillwatch.topology.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.tillwatch.schemas.slice.Slice;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of recorded cells: {@code cells.csv} names the leaves ({@code cell}, then a column for
 * each dimension), {@code auth.csv} or {@code auth.csv.gz} has their counts by minute ({@code
 * minute,cell,n,ok}; minutes ascending, leaves without events left out).
 */
final class Recording {

  private static final List<String> COUNT_COLUMNS = List.of("minute", "cell", "n", "ok");
  private static final CsvMapper CSV = new CsvMapper();

  private final Path folder;
  private final CubeNames names;
  private final List<Slice> leaves = new ArrayList<>();

  /** Takes the minutes, every one from 0 on, the empty ones too. */
  @FunctionalInterface
  interface Minutes {
    void minute(int number, LeafCounts counts);
  }

  /**
   * Reads which leaves there are.
   *
   * @throws IOException when the folder is none, or has files that are none of these
   */
  Recording(Path folder) throws IOException {
    this.folder = folder;
    try (Lines lines = new Lines(folder.resolve("cells.csv"))) {
      List<String> header = lines.header();
      if (header.size() < 2 || !header.getFirst().equals("cell")) {
        throw lines.wrong("expected the columns 'cell' and one for each dimension");
      }
      names = names(lines, header.subList(1, header.size()));
      for (String[] row = lines.next(); row != null; row = lines.next()) {
        if (lines.number(row[0]) != leaves.size()) {
          throw lines.wrong("expected cell %d: they are numbered from 0".formatted(leaves.size()));
        }
        leaves.add(names.leaf(Arrays.asList(row).subList(1, row.length)));
      }
    }
  }

  private static CubeNames names(Lines lines, List<String> header) throws IOException {
    try {
      return new CubeNames(header);
    } catch (IllegalArgumentException e) {
      throw lines.wrong(e.getMessage());
    }
  }

  CubeNames names() {
    return names;
  }

  List<Slice> leaves() {
    return leaves;
  }

  /** Hands over all minutes in order. */
  void read(Minutes to) throws IOException {
    LeafCounts counts = new LeafCounts(leaves);
    try (Lines lines = new Lines(countsFile())) {
      if (!lines.header().equals(COUNT_COLUMNS)) {
        throw lines.wrong("expected the columns " + String.join(",", COUNT_COLUMNS));
      }
      int minute = 0;
      for (String[] row = lines.next(); row != null; row = lines.next()) {
        int at = lines.number(row[0]);
        if (at < minute) {
          throw lines.wrong("minute %d after minute %d, expected ascending".formatted(at, minute));
        }
        for (; minute < at; minute++) {
          to.minute(minute, counts);
          counts.clear();
        }
        add(counts, lines, row);
      }
      to.minute(minute, counts);
    }
  }

  private void add(LeafCounts counts, Lines lines, String[] row) throws IOException {
    int leaf = lines.number(row[1]);
    int events = lines.number(row[2]);
    int successes = lines.number(row[3]);
    if (leaf >= leaves.size() || successes > events) {
      throw lines.wrong("expected a cell below %d, and ok up to n".formatted(leaves.size()));
    }
    counts.add(leaf, events, events - successes);
  }

  private Path countsFile() {
    Path plain = folder.resolve("auth.csv");
    return Files.exists(plain) ? plain : folder.resolve("auth.csv.gz");
  }

  /** A CSV file, plain or packed, row by row; says where something is wrong. */
  static final class Lines implements AutoCloseable {

    private final Path file;
    private final MappingIterator<String[]> rows;
    private final List<String> header;
    private long line;

    Lines(Path file) throws IOException {
      this.file = file;
      InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
      InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
      this.rows =
          CSV.readerFor(String[].class)
              .withFeatures(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
              .readValues(text);
      String[] first = next();
      if (first == null) {
        throw wrong("the file is empty, expected a header line");
      }
      this.header = List.of(first);
    }

    List<String> header() {
      return header;
    }

    String @Nullable [] next() throws IOException {
      line++;
      try {
        String[] row = rows.hasNextValue() ? rows.nextValue() : null;
        if (row != null && header != null && row.length != header.size()) {
          throw wrong("%d columns, expected %d".formatted(row.length, header.size()));
        }
        return row;
      } catch (JsonProcessingException e) {
        throw wrong("no CSV: " + e.getOriginalMessage());
      }
    }

    int number(String text) throws IOException {
      try {
        int number = Integer.parseInt(text);
        if (number >= 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, without what was there.
      }
      throw wrong("expected a whole number from 0 on");
    }

    /** A decimal number that is not below 0. */
    double amount(String text) throws IOException {
      try {
        double amount = Double.parseDouble(text);
        if (amount >= 0 && Double.isFinite(amount)) {
          return amount;
        }
      } catch (NumberFormatException e) {
        // Said below, without what was there.
      }
      throw wrong("expected a number from 0 on");
    }

    IOException wrong(String what) {
      return new IOException("%s:%d: %s".formatted(file, line, what));
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }
}
