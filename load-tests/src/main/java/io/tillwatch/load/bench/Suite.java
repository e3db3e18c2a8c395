package io.tillwatch.load.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the bench can measure. */
enum Suite {
  /** Everybody at the same work. */
  COMPARE,
  /** Exactly once, killed again and again. */
  KILL;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Suite::label).toList();
  }

  /** Reads a label. */
  static final class Converter implements ITypeConverter<Suite> {
    @Override
    public Suite convert(String text) {
      return Arrays.stream(values())
          .filter(suite -> suite.label().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "'%s' is no suite, expected one of %s".formatted(text, labels())));
    }
  }
}
