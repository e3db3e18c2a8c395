package io.tillwatch.triage.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.triage.hook.Heard.Changed;
import io.tillwatch.triage.hook.Heard.Ignored;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import io.tillwatch.triage.wire.StableId;
import io.tillwatch.triage.wire.Texts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads GitHub's webhooks: {@code deployment} (it begins), {@code deployment_status} (it ended) and
 * {@code release}.
 *
 * <p>The change's id follows from what is signed, so that a delivery that is sent again, by GitHub
 * or by anybody who has seen it, is the same change.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">GitHub, webhook
 *     events and payloads</a>
 */
public final class GithubHook {

  private static final int NAME_MAX = 100;
  private static final int TITLE_MAX = 256;
  private static final int LINK_MAX = 2_048;
  private static final int SHA_SHOWN = 7;

  private final JsonNode body;
  private final Where where;

  private GithubHook(JsonNode body, Where where) {
    this.body = body;
    this.where = where;
  }

  /**
   * What a delivery comes to.
   *
   * @param event header {@code X-GitHub-Event}
   * @throws Unreadable when it is not what GitHub sends for this event
   */
  public static Heard read(String event, JsonNode body, HookSettings settings) throws Unreadable {
    GithubHook hook = new GithubHook(body, settings.where());
    return switch (event) {
      case "deployment" -> hook.deployment();
      case "deployment_status" -> hook.deploymentStatus();
      case "release" -> hook.release();
      default -> new Ignored("only deployment, deployment_status and release are read");
    };
  }

  private Heard deployment() throws Unreadable {
    JsonNode deployment = object("deployment");
    return deployed(deployment, "begins", id(deployment), deployment);
  }

  private Heard deploymentStatus() throws Unreadable {
    JsonNode status = object("deployment_status");
    String state = text(status, "state");
    return switch (state) {
      case "success" -> deployed(object("deployment"), "is done", id(status), status);
      case "failure", "error" -> deployed(object("deployment"), "failed", id(status), status);
      default -> new Ignored("a deployment that is neither begun nor ended");
    };
  }

  private Heard deployed(JsonNode deployment, String what, String id, JsonNode dated)
      throws Unreadable {
    String environment = text(deployment, "environment");
    Optional<Map<String, String>> scope = where.deployed(repository(), environment);
    if (scope.isEmpty()) {
      return new Ignored("environment '%s' takes no payments".formatted(environment));
    }
    String title =
        "deployment of %s %s to %s %s".formatted(repository(), ref(deployment), environment, what);
    return new Changed(
        change(ChangeType.DEPLOY, title, id, time(dated, "created_at"))
            .setScope(scope.get())
            .setLink(link(dated))
            .build());
  }

  private Heard release() throws Unreadable {
    JsonNode release = object("release");
    if (!text(body, "action").equals("published")) {
      return new Ignored("only a release that is published is read");
    }
    Optional<Map<String, String>> scope = where.released(repository());
    if (scope.isEmpty()) {
      return new Ignored("no scope names this repository");
    }
    return new Changed(
        change(
                ChangeType.DEPLOY,
                "release %s of %s".formatted(text(release, "tag_name"), repository()),
                id(release),
                time(release, "published_at"))
            .setScope(scope.get())
            .setLink(link(release))
            .build());
  }

  private ChangeEvent.Builder change(ChangeType type, String title, String id, Instant at) {
    String author = text(body.path("sender"), "login");
    return ChangeEvent.newBuilder()
        .setEventId(id)
        .setEventTime(at)
        .setType(type)
        .setTitle(Texts.line(title, TITLE_MAX))
        .setAuthor(author.isEmpty() ? null : author);
  }

  private String id(JsonNode signed) throws Unreadable {
    String url = text(signed, "url");
    if (url.isEmpty()) {
      throw new Unreadable("no url, expected GitHub's address of what changed");
    }
    return StableId.of("github", url, text(signed, "state"));
  }

  private String repository() throws Unreadable {
    String name = text(object("repository"), "full_name");
    if (name.isEmpty()) {
      throw new Unreadable("no full name of the repository");
    }
    return name;
  }

  /** What was deployed; a commit in the length people know it by. */
  private static String ref(JsonNode deployment) {
    String ref = text(deployment, "ref");
    return ref.matches("[0-9a-f]{40}") ? ref.substring(0, SHA_SHOWN) : ref;
  }

  private JsonNode object(String name) throws Unreadable {
    JsonNode node = body.path(name);
    if (!node.isObject()) {
      throw new Unreadable("no object '%s'".formatted(name));
    }
    return node;
  }

  private static Instant time(JsonNode node, String name) throws Unreadable {
    return Texts.time(node.path(name).asText(""))
        .orElseThrow(() -> new Unreadable("no time '%s'".formatted(name)));
  }

  /** Where people read more: the log of the deployment, the release, or the repository. */
  private @Nullable String link(JsonNode node) {
    return Stream.of(
            node.path("log_url"),
            node.path("html_url"),
            node.path("target_url"),
            body.path("repository").path("html_url"))
        .map(address -> Texts.line(address, LINK_MAX))
        .filter(address -> address.startsWith("https://"))
        .findFirst()
        .orElse(null);
  }

  private static String text(JsonNode node, String name) {
    return Texts.line(node.path(name), NAME_MAX);
  }
}
