package io.tillwatch.triage.timeline;

import java.util.regex.Pattern;

/** Text of others as Markdown shows it: as it stands, and nothing of it is markup. */
final class Markdown {

  private static final Pattern ACTIVE = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&:=^$@-]");
  private static final Pattern NO_LINE = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+");

  private Markdown() {}

  /**
   * One line in which everything that could be markup is escaped.
   *
   * <p>CommonMark lets any ASCII punctuation be escaped. Besides what opens markup anywhere, the
   * colon and the at sign are, so that no address becomes a link by itself, and a dot after a
   * digit, so that no line becomes a list.
   */
  static String text(String foreign) {
    String line = NO_LINE.matcher(foreign).replaceAll(" ").strip();
    String quiet = ACTIVE.matcher(line).replaceAll("\\\\$0");
    return quiet.replaceFirst("^(\\d+)\\.", "$1\\\\.").replace("www.", "www\\.");
  }
}
