package io.tillwatch.topology.bin;

import io.tillwatch.schemas.event.BinRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * BIN ranges as CSV: {@code start,end,issuer,scheme,country,product,id}.
 *
 * <p>Start and end are prefixes of up to 8 digits, filled up with 0 and 9; country, product and id
 * may be empty; a field may stand in double quotes; lines that begin with {@code #} are comments.
 * Everything that is wrong is said at once, with file and line.
 */
public final class BinRangeCsv {

  /** Problems told; a wrong file has one per line. */
  private static final int PROBLEMS_MAX = 20;

  private static final String HEADER = "start,end,issuer,scheme,country,product";
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final String file;
  private final List<BinRange> ranges = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private BinRangeCsv(String file) {
    this.file = file;
  }

  /**
   * The ranges in a file.
   *
   * @throws IllegalArgumentException naming file, line, value and what was expected
   */
  public static List<BinRange> parse(Path csv) throws IOException {
    try (Reader reader = Files.newBufferedReader(csv)) {
      return parse(reader, csv.toString());
    }
  }

  static List<BinRange> parse(Reader reader, String file) throws IOException {
    BinRangeCsv csv = new BinRangeCsv(file);
    csv.read(new BufferedReader(reader));
    if (!csv.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", csv.problems));
    }
    return csv.ranges;
  }

  private void read(BufferedReader reader) throws IOException {
    int number = 0;
    boolean headerSeen = false;
    String line = reader.readLine();
    while (line != null && problems.size() < PROBLEMS_MAX) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        if (headerSeen) {
          row(line, number);
        } else if (!line.strip().toLowerCase(Locale.ROOT).startsWith(HEADER)) {
          problem(number, "no header", HEADER + ",id");
          return;
        }
        headerSeen = true;
      }
      line = reader.readLine();
    }
  }

  private void row(String line, int number) {
    List<String> fields = fields(line);
    if (fields.size() < 6 || fields.size() > 7) {
      problem(number, fields.size() + " fields", "6 or 7: " + HEADER + ",id");
      return;
    }
    String start = filled(fields.get(0), '0');
    String end = filled(fields.get(1), '9');
    if (start == null || end == null || start.compareTo(end) > 0) {
      problem(
          number,
          "start '%s', end '%s'".formatted(shown(fields.get(0)), shown(fields.get(1))),
          "1 to 8 digits each, start not above end");
      return;
    }
    String country = fields.get(4);
    if (!country.isEmpty() && !COUNTRIES.contains(country)) {
      problem(number, "country '%s'".formatted(shown(country)), "ISO 3166-1 alpha-2 or nothing");
      return;
    }
    String scheme = fields.get(3).toLowerCase(Locale.ROOT);
    if (scheme.isEmpty()) {
      problem(number, "no scheme", "for example visa");
      return;
    }
    String id =
        fields.size() == 7 && !fields.get(6).isEmpty() ? fields.get(6) : scheme + "-" + start;
    ranges.add(
        BinRange.newBuilder()
            .setId(id)
            .setStart(start)
            .setEnd(end)
            .setIssuer(fields.get(2).isEmpty() ? "unknown" : fields.get(2))
            .setScheme(scheme)
            .setCountry(country.isEmpty() ? null : country)
            .setProduct(fields.get(5).isEmpty() ? null : fields.get(5))
            .build());
  }

  private static @Nullable String filled(String prefix, char with) {
    boolean digits = prefix.chars().allMatch(c -> c >= '0' && c <= '9');
    return prefix.isEmpty() || prefix.length() > 8 || !digits
        ? null
        : prefix + String.valueOf(with).repeat(8 - prefix.length());
  }

  /** At most 8 characters: what stands where a BIN should be may be a card number. */
  private static String shown(String value) {
    return value.length() <= 8 ? value : value.substring(0, 6) + "…";
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }

  private void problem(int line, String found, String expected) {
    problems.add("%s:%d: %s, expected %s".formatted(file, line, found, expected));
  }
}
