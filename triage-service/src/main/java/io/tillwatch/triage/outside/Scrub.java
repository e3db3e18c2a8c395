package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.gateway.redact.Redactor;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes known secrets out of texts that others wrote. Immutable and thread-safe. */
public final class Scrub {

  private static final String HIDDEN = "(hidden)";
  private static final int LINE_MAX = 200;

  private final List<String> secrets;

  /** Hides these; those that are not set are left out. */
  public Scrub(Collection<Secret> secrets) {
    this.secrets =
        secrets.stream()
            .filter(Secret::isSet)
            .map(Secret::reveal)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text without the secrets. */
  public String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return clean;
  }

  /**
   * One line of at most {@value #LINE_MAX} characters, without control characters, and without card
   * data, addresses and secrets, whoever's they are: it goes on record.
   */
  static String line(String text) {
    String begin = text.length() > 4 * LINE_MAX ? text.substring(0, 4 * LINE_MAX) : text;
    String line = new Redactor().redact(begin.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
    return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX) + "…";
  }
}
