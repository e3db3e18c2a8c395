package io.tillwatch.triage.jira;

import io.tillwatch.triage.jira.TicketText.Block;
import io.tillwatch.triage.jira.TicketText.Bullets;
import io.tillwatch.triage.jira.TicketText.Heading;
import io.tillwatch.triage.jira.TicketText.Paragraph;
import io.tillwatch.triage.jira.TicketText.Run;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text in Jira's wiki markup, which Data Center takes.
 *
 * <p>Whatever could be markup in a text is escaped, so that a text is shown as it is.
 *
 * @see <a href="https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all">Text
 *     formatting notation</a>
 */
final class WikiMarkup {

  private static final String SPECIAL = "{}[]*_?-+^~|!#@";

  private WikiMarkup() {}

  static String of(TicketText text) {
    return text.blocks().stream().map(WikiMarkup::of).collect(Collectors.joining("\n\n"));
  }

  private static String of(Block block) {
    return switch (block) {
      case Heading heading -> "h3. " + escaped(heading.text());
      case Paragraph paragraph -> runs(paragraph.runs());
      case Bullets bullets ->
          bullets.points().stream()
              .map(point -> "* " + runs(point))
              .collect(Collectors.joining("\n"));
    };
  }

  private static String runs(List<Run> runs) {
    return runs.stream().map(WikiMarkup::run).collect(Collectors.joining());
  }

  private static String run(Run run) {
    String text = escaped(run.text());
    if (run.href() != null) {
      return "[%s|%s]".formatted(text, address(run.href()));
    }
    return run.strong() && !text.isBlank() ? "*" + text + "*" : text;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        escaped.append("&#92;"); // escaped by itself it would be two: a line break
        continue;
      }
      if (c == ':' && beginsLink(text, i)) {
        escaped.append("&#58;");
        continue;
      }
      if (SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Whether what stands around a colon becomes a link by itself. */
  private static boolean beginsLink(String text, int colon) {
    return text.startsWith("//", colon + 1) || text.regionMatches(true, colon - 6, "mailto", 0, 6);
  }

  /** What would end a link early stands percent-encoded. */
  private static String address(String href) {
    return href.replace("|", "%7C").replace("]", "%5D").replace("[", "%5B").replace(" ", "%20");
  }
}
