package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.triage.jira.TicketText.Block;
import io.tillwatch.triage.jira.TicketText.Bullets;
import io.tillwatch.triage.jira.TicketText.Heading;
import io.tillwatch.triage.jira.TicketText.Paragraph;
import io.tillwatch.triage.jira.TicketText.Run;
import java.util.List;

/**
 * Text as an Atlassian Document, which Jira Cloud takes.
 *
 * <p>Text is a value of the document and never markup, so nothing in it can become a link, a
 * mention or a macro.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/">
 *     Atlassian Document Format</a>
 */
final class Adf {

  private static final int HEADING_LEVEL = 3;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Adf() {}

  static ObjectNode of(TicketText text) {
    ObjectNode document = node("doc").put("version", 1);
    ArrayNode content = document.putArray("content");
    text.blocks().forEach(block -> content.add(of(block)));
    return document;
  }

  private static ObjectNode of(Block block) {
    return switch (block) {
      case Heading heading -> heading(heading);
      case Paragraph paragraph -> paragraph(paragraph.runs());
      case Bullets bullets -> bullets(bullets);
    };
  }

  private static ObjectNode heading(Heading heading) {
    ObjectNode node = node("heading");
    node.putObject("attrs").put("level", HEADING_LEVEL);
    node.set("content", runs(List.of(Run.plain(heading.text()))));
    return node;
  }

  private static ObjectNode paragraph(List<Run> runs) {
    ObjectNode node = node("paragraph");
    node.set("content", runs(runs));
    return node;
  }

  private static ObjectNode bullets(Bullets bullets) {
    ObjectNode list = node("bulletList");
    ArrayNode items = list.putArray("content");
    for (List<Run> point : bullets.points()) {
      ObjectNode item = node("listItem");
      item.putArray("content").add(paragraph(point));
      items.add(item);
    }
    return list;
  }

  /** A text node must not be empty: the document is refused with one. */
  private static ArrayNode runs(List<Run> runs) {
    ArrayNode nodes = JSON.arrayNode();
    for (Run run : runs) {
      if (!run.text().isEmpty()) {
        nodes.add(run(run));
      }
    }
    return nodes;
  }

  private static ObjectNode run(Run run) {
    ObjectNode node = node("text").put("text", run.text());
    if (run.strong() || run.href() != null) {
      ArrayNode marks = node.putArray("marks");
      if (run.strong()) {
        marks.add(node("strong"));
      }
      if (run.href() != null) {
        ObjectNode link = node("link");
        link.putObject("attrs").put("href", run.href());
        marks.add(link);
      }
    }
    return node;
  }

  private static ObjectNode node(String type) {
    return JSON.objectNode().put("type", type);
  }
}
