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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of recorded cells: {@code cells.csv} names the leaves ({@code cell}, then a column for
 * each dimension), {@code auth.csv} or {@code auth.csv.gz} has their counts by minute ({@code
 * minute,cell,n,ok}; minutes ascending, leaves without events left out). {@code start.txt} says
 * when minute 0 was, if it matters. What lies beside them is read as {@link Sides}.
 */
final class Recording {

  private static final List<String> COUNT_COLUMNS = List.of("minute", "cell", "n", "ok");

  /** Ten years: minutes count from the beginning of the recording. */
  static final int MINUTES_MAX = 5_256_000;

  /** Minute 0 of a recording that does not say its own: a Monday, 00:00 UTC. */
  private static final Instant DEFAULT_START = Instant.parse("2024-01-01T00:00:00Z");

  private static final CsvMapper CSV = new CsvMapper();

  private final Path folder;
  private final CubeNames names;
  private final Instant start;
  private final List<Slice> leaves = new ArrayList<>();
  private final Optional<Labels> labels;

  /** Takes the minutes, every one from 0 on, the empty ones too. */
  @FunctionalInterface
  interface Minutes {
    void minute(int number, LeafCounts counts) throws IOException;
  }

  /**
   * Reads which leaves there are.
   *
   * @throws IOException when the folder is none, or has files that are none of these
   */
  Recording(Path folder) throws IOException {
    this.folder = folder;
    this.labels = Labels.in(folder);
    this.start = start(folder.resolve("start.txt"));
    try (Lines lines = new Lines(folder.resolve("cells.csv"))) {
      List<String> header = lines.header();
      if (header.size() < 2 || !header.getFirst().equals("cell")) {
        throw lines.wrong("expected the columns 'cell' and one for each dimension");
      }
      Set<Slice> known = new HashSet<>();
      names = names(lines, header.subList(1, header.size()));
      for (String[] row = lines.next(); row != null; row = lines.next()) {
        if (lines.number(row[0]) != leaves.size()) {
          throw lines.wrong("expected cell %d: they are numbered from 0".formatted(leaves.size()));
        }
        Slice leaf = names.leaf(Arrays.asList(row).subList(1, row.length));
        if (!known.add(leaf)) {
          throw lines.wrong("the same values as another cell");
        }
        leaves.add(leaf);
      }
    }
  }

  private static Instant start(Path file) throws IOException {
    if (!Files.exists(file)) {
      return DEFAULT_START;
    }
    try {
      Instant start = Instant.parse(Files.readString(file).strip());
      if (start.toEpochMilli() % Duration.ofMinutes(1).toMillis() == 0) {
        return start;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new IOException(
        "%s: expected a full minute such as 2026-12-01T00:00:00Z".formatted(file));
  }

  private static CubeNames names(Lines lines, List<String> header) throws IOException {
    try {
      return new CubeNames(header);
    } catch (IllegalArgumentException e) {
      throw lines.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** What really happened, if it is known. */
  Optional<Labels> labels() {
    return labels;
  }

  /** When minute 0 was. */
  Instant start() {
    return start;
  }

  CubeNames names() {
    return names;
  }

  List<Slice> leaves() {
    return leaves;
  }

  /** A file beside the counts, whether it is there or not; to be closed. */
  SideFile side(String name) throws IOException {
    return new SideFile(folder, name, names);
  }

  /** Hands over all minutes in order, up to the last one with events or labelled. */
  void read(Minutes to) throws IOException {
    LeafCounts counts = new LeafCounts(leaves);
    try (Lines lines = new Lines(countsFile())) {
      if (!lines.header().equals(COUNT_COLUMNS)) {
        throw lines.wrong("expected the columns " + String.join(",", COUNT_COLUMNS));
      }
      int minute = 0;
      for (String[] row = lines.next(); row != null; row = lines.next()) {
        int at = lines.number(row[0]);
        if (at >= MINUTES_MAX) {
          throw lines.wrong("expected a minute below %d, from 0 on".formatted(MINUTES_MAX));
        }
        if (at < minute) {
          throw lines.wrong("minute %d after minute %d, expected ascending".formatted(at, minute));
        }
        for (; minute < at; minute++) {
          to.minute(minute, counts);
          counts.clear();
        }
        add(counts, lines, row);
      }
      to.minute(minute++, counts);
      counts.clear();
      int labelled = labels.map(Labels::minutes).orElse(0);
      for (; minute < labelled; minute++) {
        to.minute(minute, counts);
      }
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
    private long line = 1;

    Lines(Path file) throws IOException {
      this.file = file;
      if (!Files.isRegularFile(file)) {
        throw new IOException(file + ": no such file");
      }
      InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
      try {
        this.rows =
            CSV.readerFor(String[].class)
                .withFeatures(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
                .readValues(file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes);
        this.header = rows.hasNextValue() ? List.of(rows.nextValue()) : List.of();
      } catch (IOException e) {
        bytes.close();
        throw new IOException("%s: cannot be read: %s".formatted(file, reason(e)), e);
      }
      if (header.isEmpty()) {
        rows.close();
        throw wrong("the file is empty, expected a header line");
      }
    }

    private static String reason(IOException e) {
      return e.getMessage() == null ? "it ends too early" : e.getMessage();
    }

    List<String> header() {
      return header;
    }

    String @Nullable [] next() throws IOException {
      String[] row;
      try {
        row = rows.hasNextValue() ? rows.nextValue() : null;
      } catch (JsonProcessingException e) {
        line++;
        throw wrong("cannot be read from here on: " + e.getOriginalMessage());
      }
      if (row == null) {
        return null;
      }
      line = rows.getParser().currentTokenLocation().getLineNr();
      if (row.length != header.size()) {
        throw wrong("%d columns, expected %d".formatted(row.length, header.size()));
      }
      return row;
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
