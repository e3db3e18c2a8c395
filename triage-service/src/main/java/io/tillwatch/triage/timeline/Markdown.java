package io.tillwatch.triage.timeline;

import io.tillwatch.triage.wire.Texts;
import java.util.regex.Pattern;

/** Text of others as Markdown shows it: as it stands, and nothing of it is markup. */
final class Markdown {

  /**
   * What opens markup wherever it stands; an underscore within a word does not, nor does a colon
   * that no address goes on from.
   */
  private static final Pattern ACTIVE =
      Pattern.compile(
          "[\\\\`*\\[\\]<>|~$@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=//)|&(?=[#A-Za-z])");

  /** What makes a line a heading, a list, or the rule under a heading. */
  private static final Pattern AT_START = Pattern.compile("^[-+#=]");

  private Markdown() {}

  /** One line in which everything that could be markup is escaped, and nothing else. */
  static String text(String foreign) {
    String line = Texts.line(foreign);
    String quiet = ACTIVE.matcher(line).replaceAll("\\\\$0");
    return AT_START
        .matcher(quiet)
        .replaceFirst("\\\\$0")
        .replaceFirst("^(\\d{1,9})([.)])", "$1\\\\$2")
        .replace("www.", "www\\.");
  }
}
