package io.tillwatch.topology.plot;

import java.util.Locale;

/** XML or HTML that is being written; whatever is filled in is escaped. */
final class Markup {

  private final StringBuilder text = new StringBuilder();

  /**
   * Adds a line with each {@code {}} replaced by the next value: numbers with one decimal at most,
   * {@link Markup} as it is, all else escaped.
   */
  Markup add(String template, Object... values) {
    int from = 0;
    for (Object value : values) {
      int at = template.indexOf("{}", from);
      if (at < 0) {
        throw new IllegalArgumentException("no place for a value in: " + template);
      }
      text.append(template, from, at).append(written(value));
      from = at + 2;
    }
    text.append(template, from, template.length()).append('\n');
    return this;
  }

  private static String written(Object value) {
    return switch (value) {
      case Double number -> number(number);
      case Integer number -> number.toString();
      case Markup markup -> markup.toString();
      default -> escaped(value.toString());
    };
  }

  /** A coordinate: a tenth of a pixel is finer than anybody sees. */
  static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0
        ? Long.toString(tenths / 10)
        : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
  }

  /** Safe within text and attributes; what XML cannot hold becomes a replacement character. */
  static String escaped(String raw) {
    StringBuilder safe = new StringBuilder(raw.length());
    raw.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
          }
        });
    return safe.toString();
  }

  private static boolean isAllowed(int c) {
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    return c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !surrogate && !(c >= 0x7F && c <= 0x9F);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
