package io.tillwatch.load.replay;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one field is filled: from a column, a constant or a template of columns, then looked up.
 *
 * @param template text with columns in braces; a column alone is {@code {column}}
 * @param lookup values by what the file says; null when they are taken as they are
 * @param otherwise what a value that is not in the lookup becomes; null makes its row a bad one
 * @param scale factor from the file's unit to minor units
 * @param time how moments are written
 * @param place file and line of the mapping
 */
record FieldRule(
    Field field,
    String template,
    @Nullable Map<String, String> lookup,
    @Nullable String otherwise,
    BigDecimal scale,
    TimeFormat time,
    String place) {

  private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+)}");

  /** The columns it reads. */
  Set<String> columns() {
    Set<String> columns = new HashSet<>();
    Matcher matcher = COLUMN.matcher(template);
    while (matcher.find()) {
      columns.add(matcher.group(1));
    }
    return columns;
  }

  /** The field's text in a row; null when a column it needs is empty. */
  @Nullable String text(Row row) throws BadRow {
    String raw = fill(row);
    if (raw == null || lookup == null) {
      return raw;
    }
    String found = lookup.get(raw);
    if (found == null) {
      found = otherwise;
    }
    if (found == null) {
      throw bad(raw, "one of " + String.join(", ", lookup.keySet()));
    }
    return found.isEmpty() ? null : found;
  }

  private @Nullable String fill(Row row) {
    Matcher matcher = COLUMN.matcher(template);
    if (!matcher.find()) {
      return template;
    }
    StringBuilder text = new StringBuilder();
    int from = 0;
    do {
      String value = row.get(matcher.group(1));
      if (value == null) {
        return null;
      }
      text.append(template, from, matcher.start()).append(value);
      from = matcher.end();
    } while (matcher.find());
    return text.append(template, from, template.length()).toString();
  }

  /** The field's moment, epoch milliseconds; null when it is empty. */
  @Nullable Long millis(Row row) throws BadRow {
    String text = text(row);
    if (text == null) {
      return null;
    }
    try {
      return time.millis(text);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw bad(text, "a time, " + time.description());
    }
  }

  /** The field's whole number times its scale; null when it is empty. */
  @Nullable Long number(Row row, long least, long most) throws BadRow {
    String text = text(row);
    if (text == null) {
      return null;
    }
    try {
      long number = new BigDecimal(text.strip()).multiply(scale).longValueExact();
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Said below: neither too large a number nor no number is of use.
    }
    String unit = scale.equals(BigDecimal.ONE) ? "" : " after times " + scale.toPlainString();
    throw bad(text, "a whole number from %d to %d%s".formatted(least, most, unit));
  }

  BadRow bad(String value, String expected) {
    return new BadRow("%s is %s, expected %s".formatted(field.label(), Shown.of(value), expected));
  }
}
