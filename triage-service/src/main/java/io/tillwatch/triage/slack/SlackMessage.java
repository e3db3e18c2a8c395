package io.tillwatch.triage.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.wire.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Messages as Block Kit within its limits. All text of others is escaped, so that none of it can
 * mention anybody or pretend to be a link.
 *
 * @see <a
 *     href="https://docs.slack.dev/reference/block-kit/blocks">docs.slack.dev/reference/block-kit/blocks</a>
 */
final class SlackMessage {

  /** Type of the metadata by which we know our own messages. */
  static final String METADATA = "tillwatch_action";

  static final String ACTION_ID = "action_id";

  /** The episode whose message it is; missing on everything but the episode's own message. */
  static final String EPISODE = "episode";

  private static final int TEXT_MAX = 3_000;
  private static final int FIELD_MAX = 400;
  private static final int FIELDS_MAX = 10;
  private static final int CONTEXT_MAX = 10;
  private static final int LINK_MAX = 1_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What is shown in the message; the rest is on the incident's page. */
  private static final List<String> SHOWN =
      List.of(
          "class",
          "owner",
          "state",
          "where",
          "started",
          "approvalsLost",
          "amountAtRisk",
          "hypothesis",
          "check",
          "next");

  private SlackMessage() {}

  /** The episode's own message as it stands with this action. */
  static ObjectNode episode(String channel, Action action) {
    ObjectNode message = message(channel, headline(action));
    ArrayNode blocks = message.putArray("blocks");
    section(blocks, headline(action));
    fields(blocks, action.getDetails());
    context(blocks, action.getLinks());
    ObjectNode payload = metadata(message, action);
    payload.put(EPISODE, action.getDedupKey());
    return message;
  }

  /** What is new, in the thread of the episode's message. */
  static ObjectNode reply(String channel, String thread, Action action) {
    ObjectNode message = message(channel, headline(action));
    message.put("thread_ts", thread);
    section(message.putArray("blocks"), headline(action));
    metadata(message, action);
    return message;
  }

  /** A message that belongs to no episode's: what another target did not take. */
  static ObjectNode notice(String channel, Action action) {
    String text = ":rotating_light: " + escaped(action.getSummary(), TEXT_MAX - 40);
    ObjectNode message = message(channel, text);
    ArrayNode blocks = message.putArray("blocks");
    section(blocks, text);
    context(blocks, action.getLinks());
    metadata(message, action);
    return message;
  }

  /** The episode's message for {@code chat.update}. */
  static ObjectNode edited(String channel, String ts, Action action) {
    ObjectNode message = episode(channel, action);
    message.remove(List.of("unfurl_links", "unfurl_media"));
    message.put("ts", ts);
    return message;
  }

  private static ObjectNode message(String channel, String text) {
    ObjectNode message = JSON.objectNode();
    message.put("channel", channel);
    message.put("text", text);
    message.put("unfurl_links", false);
    message.put("unfurl_media", false);
    return message;
  }

  private static ObjectNode metadata(ObjectNode message, Action action) {
    ObjectNode metadata = message.putObject("metadata");
    metadata.put("event_type", METADATA);
    ObjectNode payload = metadata.putObject("event_payload");
    payload.put(ACTION_ID, action.getActionId());
    payload.put("incident", action.getIncidentId());
    return payload;
  }

  private static String headline(Action action) {
    String mark = over(action) ? ":white_check_mark:" : mark(action.getSeverity());
    return mark + " " + escaped(action.getSummary(), TEXT_MAX - 40);
  }

  private static boolean over(Action action) {
    return action.getTarget() == ActionTarget.CHAT
        && (action.getVerb() == ActionVerb.RESOLVE || action.getVerb() == ActionVerb.CLOSE);
  }

  private static String mark(Severity severity) {
    return switch (severity) {
      case SEV1 -> ":red_circle:";
      case SEV2, UNKNOWN -> ":large_orange_circle:";
      case SEV3 -> ":large_yellow_circle:";
      case SEV4 -> ":large_blue_circle:";
    };
  }

  private static void section(ArrayNode blocks, String mrkdwn) {
    ObjectNode section = blocks.addObject().put("type", "section");
    mrkdwn(section.putObject("text"), mrkdwn);
  }

  private static void fields(ArrayNode blocks, Map<String, String> details) {
    ArrayNode fields = JSON.arrayNode();
    for (String name : SHOWN) {
      String value = details.get(name);
      if (value != null && !value.isBlank() && fields.size() < FIELDS_MAX) {
        mrkdwn(fields.addObject(), "*%s*\n%s".formatted(name, escaped(value, FIELD_MAX)));
      }
    }
    if (!fields.isEmpty()) {
      blocks.addObject().put("type", "section").set("fields", fields);
    }
  }

  private static void context(ArrayNode blocks, Map<String, String> links) {
    StringJoiner text = new StringJoiner(" · ");
    new TreeMap<>(links)
        .entrySet().stream()
            .filter(link -> isWeb(link.getValue()))
            .limit(CONTEXT_MAX)
            .forEach(link ->
                text.add(
                    "<%s|%s>".formatted(address(link.getValue()), escaped(link.getKey(), 40))));
    if (text.length() > 0 && text.length() <= TEXT_MAX) {
      ObjectNode context = blocks.addObject().put("type", "context");
      mrkdwn(context.putArray("elements").addObject(), text.toString());
    }
  }

  /** Verbatim: nothing in it becomes a link or a mention that is not written as one. */
  private static void mrkdwn(ObjectNode node, String text) {
    node.put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }

  private static boolean isWeb(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && text.length() <= LINK_MAX;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A URI holds no angle bracket and no bar, so that it cannot end its link. */
  private static String address(String uri) {
    return uri.replace("&", "&amp;");
  }

  /**
   * One line in which nothing is markup of Slack's.
   *
   * @see <a
   *     href="https://docs.slack.dev/messaging/formatting-message-text#escaping">docs.slack.dev/messaging/formatting-message-text</a>
   */
  static String escaped(String text, int max) {
    String line = Texts.line(text, max);
    String escaped = escaped(line);
    // Escaping makes it longer: cut before it, so that no entity is cut in half.
    while (escaped.length() > max) {
      line = Texts.line(line, line.length() - (escaped.length() - max + 4) / 5 - 1);
      escaped = escaped(line);
    }
    return escaped;
  }

  private static String escaped(String line) {
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
