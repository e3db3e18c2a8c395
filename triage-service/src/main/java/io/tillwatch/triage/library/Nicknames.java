package io.tillwatch.triage.library;

import io.tillwatch.rules.playbook.Cause;
import java.util.Map;
import java.util.stream.Collectors;

/** What people call an incident of a class, besides the words of its runbook. */
final class Nicknames {

  private static final Map<String, String> SHIPPED =
      Resources.lines("classes.txt").stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  line -> line.substring(0, line.indexOf(':')),
                  line -> line.substring(line.indexOf(':') + 1).strip()));

  private Nicknames() {}

  /** Empty when there are none. */
  static String of(Cause cause) {
    return SHIPPED.getOrDefault(cause.label(), "");
  }
}
