package io.tillwatch.triage.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.Rate;
import io.tillwatch.triage.outside.Reply;
import io.tillwatch.triage.outside.RetryTable;
import io.tillwatch.triage.outside.RetryTable.Fate;
import io.tillwatch.triage.wire.Texts;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests to one Jira, written as its edition wants them.
 *
 * <p>Knows paths and bodies; what an answer leads to is the caller's. Thread-safe.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/">Cloud, REST
 *     v3</a>
 * @see <a href="https://docs.atlassian.com/software/jira/docs/api/REST/latest/">Data Center, REST
 *     v2</a>
 */
final class JiraClient {

  /** Issues that are read by one request at most. */
  static final int BULK_MAX = 50;

  /**
   * Which answers are worth another attempt. 401 and 403 are a token that was rotated or a
   * permission that is being mended, 404 a path that a relay does not know yet: they heal without
   * us, and the second channel is told meanwhile.
   */
  static final RetryTable ANSWERS =
      RetryTable.citing(
              "https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes")
          .and(401, Fate.RETRY)
          .and(403, Fate.RETRY)
          .and(404, Fate.RETRY)
          .and(409, Fate.RETRY);

  /** Writes that a Jira takes of one user without complaint. */
  private static final Ask.Limit WRITES = new Ask.Limit("jira", Rate.perMinute(600, 60));

  private static final int COMPLAINT_MAX = 400;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String FIELDS = "fields";

  private final JiraEdition edition;
  private final String authorization;
  private final Function<Ask, Reply> way;

  /**
   * Requests to the Jira at the other end of a way.
   *
   * @param way sends a request and answers how it ended
   */
  JiraClient(JiraSettings settings, Function<Ask, Reply> way) {
    this.edition = settings.edition();
    this.authorization = authorization(settings).reveal();
    this.way = way;
  }

  /** What requests are authorised by, to be hidden wherever it may turn up. */
  static Secret authorization(JiraSettings settings) {
    return switch (settings.edition()) {
      case CLOUD -> Secret.of("Basic " + basic(settings).reveal());
      case DATA_CENTER -> Secret.of("Bearer " + settings.token().reveal());
    };
  }

  /** User and token in the form they are sent in. */
  static Secret basic(JiraSettings settings) {
    String pair = settings.user() + ":" + settings.token().reveal();
    return Secret.of(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /** Who we are there. */
  Reply myself() {
    return send(Ask.get(edition.api() + "/myself"));
  }

  /** A project: answered with 200 only if it may be seen. */
  Reply project(String key) {
    return send(Ask.get(edition.api() + "/project/" + encoded(key)));
  }

  Reply create(ObjectNode issue) {
    return write("POST", "/issue", issue);
  }

  /** An issue with its mark and these fields. */
  Reply issue(String key, String fields) {
    return send(
        Ask.get("%s?fields=%s&properties=%s".formatted(path(key), encoded(fields), Mark.PROPERTY)));
  }

  /** Issues with their marks by key; Cloud only. Those that there are not are left out. */
  Reply bulk(List<String> keys) {
    ObjectNode body = NODES.objectNode();
    ArrayNode wanted = body.putArray("issueIdsOrKeys");
    keys.forEach(wanted::add);
    body.putArray(FIELDS).add("summary");
    body.putArray("properties").add(Mark.PROPERTY);
    return send(Ask.json("POST", edition.api() + "/issue/bulkfetch", text(body)));
  }

  /** Keys of issues that a query finds in the index. */
  Reply search(String jql, int most) {
    ObjectNode body = NODES.objectNode().put("jql", jql).put("maxResults", most);
    body.putArray(FIELDS).add("summary");
    String path = edition == JiraEdition.CLOUD ? "/search/jql" : "/search";
    return send(Ask.json("POST", edition.api() + path, text(body)));
  }

  Reply edit(String key, ObjectNode changes) {
    return write("PUT", issuePath(key), changes);
  }

  Reply transitions(String key) {
    return send(Ask.get(path(key) + "/transitions"));
  }

  Reply transition(String key, ObjectNode move) {
    return write("POST", issuePath(key) + "/transitions", move);
  }

  /** Makes or replaces the link with that global id. */
  Reply link(String key, ObjectNode link) {
    return write("POST", issuePath(key) + "/remotelink", link);
  }

  /** Attaches a JSON file. */
  Reply attach(String key, String file, byte[] json) {
    String boundary = boundary(json);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        """
        --%s\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        Content-Type: application/json\r
        \r
        """
            .formatted(boundary, file)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(json);
    body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
    return send(
        new Ask(
            "POST",
            path(key) + "/attachments",
            Map.of(
                "Content-Type",
                "multipart/form-data; boundary=" + boundary,
                "X-Atlassian-Token",
                "no-check"),
            BodyPublishers.ofByteArray(body.toByteArray()),
            WRITES));
  }

  /** A line that the file does not hold: made of all that it does. */
  private static String boundary(byte[] file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
      return "tillwatch-" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  private Reply write(String method, String path, ObjectNode body) {
    return send(Ask.json(method, edition.api() + path, text(body)).within(WRITES));
  }

  private Reply send(Ask ask) {
    return way.apply(ask.with("Authorization", authorization).with("Accept", "application/json"));
  }

  private String path(String key) {
    return edition.api() + issuePath(key);
  }

  private static String issuePath(String key) {
    return "/issue/" + encoded(key);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(ObjectNode body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** The JSON of an answer; missing when it is none, or was cut. */
  static JsonNode json(Reply.Answered answer) {
    if (answer.cut()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * How an attempt ended that got no answer it can go on with.
   *
   * @return a retry or what is held or refused, never done
   */
  static Delivery unread(Reply reply) {
    return switch (ANSWERS.delivery(reply)) {
      case Delivery.Done done ->
          new Delivery.Retry("an answer that cannot be read: " + done.detail(), Duration.ZERO);
      case Delivery.Refused _ when reply instanceof Reply.Answered answer ->
          new Delivery.Refused(complaint(answer));
      case Delivery other -> other;
    };
  }

  /**
   * The same for a request that writes: what may have happened all the same shows only when Jira is
   * done with it.
   */
  static Delivery settled(Reply reply, Duration settles) {
    Delivery ended = unread(reply);
    boolean open =
        reply instanceof Reply.Unanswered silence
            ? silence.mayHaveHappened()
            : reply instanceof Reply.Answered answer && answer.status() / 100 == 5;
    return open && ended instanceof Delivery.Retry retry && retry.after().compareTo(settles) < 0
        ? new Delivery.Retry(retry.detail(), settles)
        : ended;
  }

  /** What Jira does not like: which fields, and what it says of none; not what stood in them. */
  private static String complaint(Reply.Answered answer) {
    JsonNode said = json(answer);
    List<String> parts = new ArrayList<>();
    said.path("errors").fieldNames().forEachRemaining(parts::add);
    String fields = parts.isEmpty() ? "" : ", fields " + String.join(", ", parts);
    String message = said.path("errorMessages").path(0).asText();
    String told = message.isEmpty() ? "" : ", " + Texts.line(message);
    String line = "HTTP %d%s%s".formatted(answer.status(), fields, told);
    return line.length() <= COMPLAINT_MAX ? line : line.substring(0, COMPLAINT_MAX) + "…";
  }
}
