package io.tillwatch.standalone.site;

import io.tillwatch.load.yaml.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s}, {@code 10m}, {@code 2h} or {@code 1d} from the command line. */
public final class DurationOption implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Durations.parse(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is no duration such as 90s, 10m, 2h or 1d".formatted(text)));
  }
}
