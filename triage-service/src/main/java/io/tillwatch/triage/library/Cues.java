package io.tillwatch.triage.library;

import java.util.Map;
import java.util.stream.Collectors;

/** What people say when they are after a section, besides its heading. */
final class Cues {

  private static final Map<String, String> SHIPPED =
      Resources.lines("cues.txt").stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  line -> line.substring(0, line.indexOf(':')),
                  line -> line.substring(line.indexOf(':') + 1)));

  private Cues() {}

  /** A heading and its cues. */
  static String with(String heading) {
    return heading + SHIPPED.getOrDefault(heading, "");
  }
}
