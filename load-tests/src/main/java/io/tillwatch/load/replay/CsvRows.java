package io.tillwatch.load.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CSV as in RFC 4180, UTF-8, with a header line. */
final class CsvRows implements Rows {

  private final Path file;
  private final MappingIterator<String[]> lines;
  private final List<String> header;
  private long number = 1;

  CsvRows(Path file, char delimiter) throws IOException {
    this.file = file;
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxStringLength(VALUE_CHARACTERS_MAX).build();
    CsvMapper mapper = new CsvMapper(CsvFactory.builder().streamReadConstraints(limits).build());
    BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    skipByteOrderMark(text);
    this.lines =
        mapper
            .readerFor(String[].class)
            .withFeatures(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
            .with(CsvSchema.emptySchema().withColumnSeparator(delimiter))
            .readValues(text);
    this.header = readHeader();
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
  }

  private List<String> readHeader() throws IOException {
    if (!lines.hasNextValue()) {
      throw new IOException(file + ":1: the file is empty, expected a header line");
    }
    List<String> names = List.of(lines.nextValue());
    if (Set.copyOf(names).size() < names.size()) {
      throw new IOException(file + ":1: a column is named twice: " + shown(names));
    }
    return names;
  }

  /** A file without a header line has values here. */
  private static String shown(List<String> names) {
    return names.stream().map(Shown::of).collect(Collectors.joining(", "));
  }

  @Override
  public @Nullable Row next() throws IOException, BadRow {
    String[] cells;
    try {
      if (!lines.hasNextValue()) {
        return null;
      }
      cells = lines.nextValue();
      number = lines.getParser().currentTokenLocation().getLineNr();
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s:%d: no CSV from here on: %s".formatted(file, number + 1, e.getOriginalMessage()), e);
    }
    if (cells.length != header.size()) {
      throw new BadRow(
          "%d columns, expected %d as in the header".formatted(cells.length, header.size()));
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < cells.length; i++) {
      values.put(header.get(i), cells[i]);
    }
    return new Row(number, values);
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Set<String> columns() {
    return new LinkedHashSet<>(header);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
