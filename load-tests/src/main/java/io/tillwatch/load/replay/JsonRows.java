package io.tillwatch.load.replay;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines: one object per line. A value within an object is a column named by its path, {@code
 * card.scheme}; arrays are left out.
 */
final class JsonRows implements Rows {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final BufferedReader text;
  private long number;

  JsonRows(Path file) throws IOException {
    this.text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Row next() throws IOException, BadRow {
    String line = nextLine();
    while (line != null && line.isBlank()) {
      line = nextLine();
    }
    if (line == null) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    flatten("", parse(line), values);
    return new Row(number, values);
  }

  private static JsonNode parse(String line) throws BadRow {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new BadRow("no JSON" + place(e.getLocation()));
    }
    throw new BadRow("no JSON object");
  }

  /** Where it ends to be JSON: the parser's own words quote the line, and so what it holds. */
  private static String place(@Nullable JsonLocation location) {
    return location == null ? "" : ": error at column " + location.getColumnNr();
  }

  private static void flatten(String prefix, JsonNode object, Map<String, String> values)
      throws BadRow {
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      String name = prefix + property.getKey();
      JsonNode value = property.getValue();
      if (value.isObject()) {
        flatten(name + ".", value, values);
      } else if (value.isNumber()) {
        values.put(name, number(value));
      } else if (value.isValueNode() && !value.isNull()) {
        values.put(name, value.asText());
      }
    }
  }

  private static String number(JsonNode value) throws BadRow {
    if (value.isDouble() && !Double.isFinite(value.doubleValue())) {
      throw new BadRow("a number beyond ±%s, expected a smaller one".formatted(Double.MAX_VALUE));
    }
    return value.decimalValue().toPlainString();
  }

  /** The next line; one longer than the limit is skipped to its end and refused. */
  private @Nullable String nextLine() throws IOException, BadRow {
    number++;
    StringBuilder line = new StringBuilder();
    long length = 0;
    int character = text.read();
    if (character < 0) {
      return null;
    }
    while (character >= 0 && character != '\n') {
      if (length++ < VALUE_CHARACTERS_MAX) {
        line.append((char) character);
      }
      character = text.read();
    }
    if (length > VALUE_CHARACTERS_MAX) {
      throw new BadRow(
          "%d characters, expected at most %d".formatted(length, VALUE_CHARACTERS_MAX));
    }
    return line.toString();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Set<String> columns() {
    return Set.of();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
