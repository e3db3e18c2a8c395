package io.tillwatch.triage.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.triage.hook.HookSettings.Secrets;
import io.tillwatch.triage.hook.Where.ScopeRule;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: a deployment to production is one change when it begins and one when it ends. */
class DeploymentHooksTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final HookSettings SETTINGS =
      new HookSettings(
          Secrets.NONE,
          Secrets.NONE,
          Secrets.NONE,
          new Where(
              Where.PRODUCTION,
              List.of(new ScopeRule("acme/northpay-*", "*", Map.of("psp", "northpay")))),
          Map.of());

  static {
    TrustedClasses.declare();
  }

  @Test
  void aDeploymentOfGithubBegins() throws Unreadable {
    ChangeEvent change = changed(github("deployment", deployment("production")));

    assertThat(change.getEventId()).matches("github-[a-p]{32}");
    assertThat(change.getType()).isEqualTo(ChangeType.DEPLOY);
    assertThat(change.getTitle())
        .isEqualTo("deployment of acme/northpay-connector a84d88e to production begins");
    assertThat(change.getScope()).isEqualTo(Map.of("psp", "northpay"));
    assertThat(change.getAuthor()).isEqualTo("ada");
    assertThat(change.getEventTime()).isEqualTo("2026-11-20T09:58:00Z");
    assertThat(change.getLink()).isEqualTo("https://github.example/acme/northpay-connector");
  }

  @Test
  void aDeploymentOfGithubEndsOnceHoweverOftenItIsSent() throws Unreadable {
    ChangeEvent done = changed(github("deployment_status", status("success")));

    assertThat(done.getTitle()).endsWith("to production is done");
    assertThat(done.getLink()).isEqualTo("https://github.example/runs/1");
    assertThat(changed(github("deployment_status", status("success")))).isEqualTo(done);
    assertThat(changed(github("deployment_status", status("failure"))).getEventId())
        .isNotEqualTo(done.getEventId());
  }

  @Test
  void whatTouchesNoPaymentIsIgnored() throws Unreadable {
    assertThat(github("deployment", deployment("staging")))
        .isEqualTo(new Heard.Ignored("environment 'staging' takes no payments"));
    assertThat(github("deployment_status", status("queued"))).isInstanceOf(Heard.Ignored.class);
    assertThat(github("push", "{}")).isInstanceOf(Heard.Ignored.class);
    assertThat(github("ping", "{}")).isInstanceOf(Heard.Ignored.class);
  }

  @Test
  void aReleaseIsAChangeWhereItsRepositoryIsNamed() throws Unreadable {
    String release =
        """
        {"action": "published", "sender": {"login": "ada"},
         "repository": {"full_name": "acme/%s"},
         "release": {"url": "https://api.github.example/releases/1", "tag_name": "2.14.0",
           "html_url": "https://github.example/acme/releases/2.14.0",
           "published_at": "2026-11-20T09:00:00Z"}}
        """;

    ChangeEvent change = changed(github("release", release.formatted("northpay-connector")));

    assertThat(change.getTitle()).isEqualTo("release 2.14.0 of acme/northpay-connector");
    assertThat(change.getScope()).isEqualTo(Map.of("psp", "northpay"));
    assertThat(github("release", release.formatted("website"))).isInstanceOf(Heard.Ignored.class);
  }

  @Test
  void whatGithubDoesNotSendIsRefused() {
    assertThatThrownBy(() -> github("deployment", "{}"))
        .isInstanceOf(Unreadable.class)
        .hasMessage("no object 'deployment'");
    assertThatThrownBy(() ->
            github("deployment", deployment("production").replace("2026-11-20T09:58", "yesterday")))
        .hasMessage("no time 'created_at'");
  }

  @Test
  void aDeploymentOfGitlabBeginsAndEnds() throws Unreadable {
    ChangeEvent begun = changed(gitlab(gitlabDeployment("running")));
    ChangeEvent done = changed(gitlab(gitlabDeployment("success")));

    assertThat(begun.getTitle())
        .isEqualTo("deployment of acme/northpay-connector 279484c0 to production begins");
    assertThat(begun.getEventTime()).isEqualTo("2026-11-20T09:50:00Z");
    assertThat(begun.getAuthor()).isEqualTo("ada");
    assertThat(begun.getScope()).isEqualTo(Map.of("psp", "northpay"));
    assertThat(done.getEventId()).isNotEqualTo(begun.getEventId()).matches("gitlab-[a-p]{32}");
    assertThat(gitlab(gitlabDeployment("created"))).isInstanceOf(Heard.Ignored.class);
  }

  @Test
  void aFeatureFlagThatIsSentAgainIsTheSameChange() throws Unreadable {
    String flag =
        """
        {"object_kind": "feature_flag", "object_attributes": {"name": "new-3ds", "active": true},
         "project": {"path_with_namespace": "acme/northpay-connector"}}
        """;
    ChangeEvent first = changed(GitlabHook.read(json(flag), SETTINGS, "f5e5f430", NOW));
    ChangeEvent again =
        changed(GitlabHook.read(json(flag), SETTINGS, "f5e5f430", NOW.plusSeconds(60)));
    assertThat(again.getEventId()).isEqualTo(first.getEventId());
    assertThat(changed(GitlabHook.read(json(flag), SETTINGS, "8b6c", NOW)).getEventId())
        .isNotEqualTo(first.getEventId());
  }

  @Test
  void aFeatureFlagOfGitlabIsAChange() throws Unreadable {
    ChangeEvent change =
        changed(
            gitlab(
                """
                {"object_kind": "feature_flag", "user": {"username": "ada"},
                 "project": {"path_with_namespace": "acme/northpay-connector",
                   "web_url": "https://gitlab.example/acme/northpay-connector"},
                 "object_attributes": {"id": 6, "name": "new-3ds", "active": true}}
                """));

    assertThat(change.getType()).isEqualTo(ChangeType.FEATURE_FLAG);
    assertThat(change.getTitle())
        .isEqualTo("feature flag new-3ds of acme/northpay-connector is on");
    assertThat(change.getEventTime()).isEqualTo(NOW);
  }

  private static Heard github(String event, String body) throws Unreadable {
    return GithubHook.read(event, json(body), SETTINGS);
  }

  private static Heard gitlab(String body) throws Unreadable {
    return GitlabHook.read(json(body), SETTINGS, null, NOW);
  }

  private static ChangeEvent changed(Heard heard) {
    assertThat(heard).isInstanceOf(Heard.Changed.class);
    return ((Heard.Changed) heard).change();
  }

  private static JsonNode json(String body) throws Unreadable {
    return BoundedJson.object(body.getBytes(StandardCharsets.UTF_8));
  }

  private static final String DEPLOYMENT =
      """
      "deployment": {"url": "https://api.github.example/deployments/1", "id": 1,
         "ref": "a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d", "environment": "%s",
         "created_at": "2026-11-20T09:58:00Z"},
       "repository": {"full_name": "acme/northpay-connector",
         "html_url": "https://github.example/acme/northpay-connector"},
       "sender": {"login": "ada"}
      """;

  private static String deployment(String environment) {
    return "{" + DEPLOYMENT.formatted(environment) + "}";
  }

  private static String status(String state) {
    return """
    {"deployment_status": {"url": "https://api.github.example/deployments/1/statuses/%s",
       "state": "%s", "log_url": "https://github.example/runs/1",
       "created_at": "2026-11-20T09:59:30Z"}, %s}
    """
        .formatted(state, state, DEPLOYMENT.formatted("production"));
  }

  private static String gitlabDeployment(String status) {
    return """
    {"object_kind": "deployment", "status": "%s",
     "status_changed_at": "2026-11-20 10:50:00 +0100", "deployment_id": 15,
     "deployable_url": "https://gitlab.example/acme/northpay-connector/-/jobs/796",
     "environment": "production", "short_sha": "279484c0",
     "project": {"path_with_namespace": "acme/northpay-connector",
       "web_url": "https://gitlab.example/acme/northpay-connector"},
     "user": {"username": "ada", "email": "ada@acme.example"}}
    """
        .formatted(status);
  }
}
