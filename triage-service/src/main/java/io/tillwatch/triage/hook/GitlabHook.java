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
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads GitLab's webhooks: deployments, when they begin and when they ended, and feature flags.
 *
 * @see <a href="https://docs.gitlab.com/user/project/integrations/webhook_events/">GitLab, webhook
 *     events</a>
 */
public final class GitlabHook {

  private static final int NAME_MAX = 100;
  private static final int TITLE_MAX = 256;
  private static final int LINK_MAX = 2_048;

  /** As GitLab writes times in webhooks: {@code 2021-04-28 21:50:00 +0200}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z", Locale.ROOT);

  private final JsonNode body;
  private final Where where;
  private final @Nullable String delivery;

  private GitlabHook(JsonNode body, Where where, @Nullable String delivery) {
    this.body = body;
    this.where = where;
    this.delivery = delivery == null || delivery.isBlank() ? null : delivery;
  }

  /**
   * What a delivery comes to.
   *
   * @param delivery what GitLab calls the delivery, the same when it is sent again; null when it
   *     does not say
   * @param now time of what GitLab gives no time for
   * @throws Unreadable when it is not what GitLab sends
   */
  public static Heard read(
      JsonNode body, HookSettings settings, @Nullable String delivery, Instant now)
      throws Unreadable {
    GitlabHook hook = new GitlabHook(body, settings.where(), delivery);
    return switch (text(body, "object_kind")) {
      case "deployment" -> hook.deployment();
      case "feature_flag" -> hook.featureFlag(now);
      default -> new Ignored("only deployments and feature flags are read");
    };
  }

  private Heard deployment() throws Unreadable {
    return switch (text(body, "status")) {
      case "running" -> deployed("begins");
      case "success" -> deployed("is done");
      case "failed" -> deployed("failed");
      default -> new Ignored("a deployment that is neither begun nor ended");
    };
  }

  private Heard deployed(String what) throws Unreadable {
    String environment = text(body, "environment");
    Optional<Map<String, String>> scope = where.deployed(project(), environment);
    if (scope.isEmpty()) {
      return new Ignored("environment '%s' takes no payments".formatted(environment));
    }
    String deployment = text(body, "deployment_id");
    if (deployment.isEmpty()) {
      throw new Unreadable("no deployment_id");
    }
    String title =
        "deployment of %s %s to %s %s"
            .formatted(project(), text(body, "short_sha"), environment, what);
    return new Changed(
        change(
                ChangeType.DEPLOY,
                title,
                StableId.of("gitlab", origin(), project(), deployment, text(body, "status")))
            .setEventTime(time(text(body, "status_changed_at")))
            .setScope(scope.get())
            .setLink(link(body.path("deployable_url")))
            .build());
  }

  /** Flags carry no time, and belong to the environments their strategies name: to everything. */
  private Heard featureFlag(Instant now) throws Unreadable {
    JsonNode flag = body.path("object_attributes");
    Optional<Map<String, String>> scope = where.released(project());
    if (scope.isEmpty()) {
      return new Ignored("no scope names this project");
    }
    String title =
        "feature flag %s of %s is %s"
            .formatted(
                text(flag, "name"), project(), flag.path("active").asBoolean() ? "on" : "off");
    String said = delivery == null ? now.toString() : delivery;
    return new Changed(
        change(
                ChangeType.FEATURE_FLAG,
                title,
                StableId.of("gitlab", origin(), project(), title, said))
            .setEventTime(now)
            .setScope(scope.get())
            .setLink(link(body.path("project").path("web_url")))
            .build());
  }

  private ChangeEvent.Builder change(ChangeType type, String title, String id) {
    String author = text(body.path("user"), "username");
    return ChangeEvent.newBuilder()
        .setEventId(id)
        .setType(type)
        .setTitle(Texts.line(title, TITLE_MAX))
        .setAuthor(author.isEmpty() ? null : author);
  }

  private String project() throws Unreadable {
    String path = text(body.path("project"), "path_with_namespace");
    if (path.isEmpty()) {
      throw new Unreadable("no path of the project");
    }
    return path;
  }

  /** Which GitLab it is: numbers of deployments are its own. */
  private String origin() {
    return Texts.line(body.path("project").path("web_url"), LINK_MAX);
  }

  private static Instant time(String text) throws Unreadable {
    try {
      return TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      return Texts.time(text).orElseThrow(() -> new Unreadable("no time 'status_changed_at'"));
    }
  }

  private static @Nullable String link(JsonNode node) {
    String address = Texts.line(node, LINK_MAX);
    return address.startsWith("https://") || address.startsWith("http://") ? address : null;
  }

  private static String text(JsonNode node, String name) {
    return Texts.line(node.path(name), NAME_MAX);
  }
}
