package io.tillwatch.triage.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts of others as we keep them: one line, so long at most, and times as instants. */
public final class Texts {

  private static final Pattern NO_LINE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}\\s]+");

  private Texts() {}

  /** One line without control or invisible formatting characters. */
  public static String line(String text) {
    return NO_LINE.matcher(text).replaceAll(" ").strip();
  }

  /** One line without control or invisible formatting characters, cut to so many characters. */
  public static String line(String text, int charactersMax) {
    String line = line(text);
    if (line.length() <= charactersMax) {
      return line;
    }
    int end = charactersMax - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** A scalar as one line; empty for nothing, objects and lists. */
  public static String line(JsonNode scalar, int charactersMax) {
    return line(scalar.asText(""), charactersMax);
  }

  /** Who somebody is who signs with an address: what stands before the @. Others stay. */
  public static String signature(String author) {
    int at = author.indexOf('@');
    return at > 0 && at == author.lastIndexOf('@') && author.indexOf(' ') < 0
        ? author.substring(0, at)
        : author;
  }

  /** A time with its offset as RFC 3339 writes it; empty when it is none. */
  public static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
