package io.tillwatch.triage.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.triage.hook.AlertHook;
import io.tillwatch.triage.hook.GithubHook;
import io.tillwatch.triage.hook.GitlabHook;
import io.tillwatch.triage.hook.Heard;
import io.tillwatch.triage.hook.HookSettings;
import io.tillwatch.triage.hook.HookSettings.Secrets;
import io.tillwatch.triage.hook.Proof;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.stream.Refusal;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/hooks/<sender>}: webhooks of GitHub, GitLab, Alertmanager and Grafana. Each
 * sender proves itself in its own way; one without a secret in the settings does not exist.
 *
 * <p>Metric {@code tillwatch_hooks_total{hook,outcome}}: each delivery ends in one outcome of a
 * closed set.
 */
@WhenTriageRuns
@Controller("/api/v1/hooks")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HooksController {

  /** Bytes of a delivery; GitHub's are about 30 KiB, one of Alertmanager about 1 KiB an alert. */
  static final int BODY_BYTES_MAX = 256 * 1024;

  static final String PATH = "/api/v1/hooks/";

  private static final Logger LOG = LoggerFactory.getLogger(HooksController.class);

  private final TriageDoor door;
  private final HookSettings settings;
  private final TakenIn takenIn;
  private final MeterRegistry metrics;

  HooksController(TriageDoor door, TakenIn takenIn, MeterRegistry metrics) {
    this.door = door;
    this.settings = door.writing().hooks();
    this.takenIn = takenIn;
    this.metrics = metrics;
  }

  /** How a delivery ended. */
  private enum Outcome {
    TAKEN,
    IGNORED,
    REFUSED,
    UNREADABLE,
    UNPROVEN,
    NOT_EXPECTED,
    NOT_RECORDED
  }

  /** A delivery that passed the gate. */
  @FunctionalInterface
  private interface Reading {
    HttpResponse<?> read(JsonNode body) throws Unreadable, NotPublished;
  }

  /** GitHub. */
  @Post("/github")
  @Operation(
      operationId = "githubHook",
      summary = "Deployments and releases of GitHub as changes",
      description = "Content type application/json; signed with triage.hooks.github.secret.")
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Answers.Taken.class)))
  HttpResponse<?> github(
      @Header("X-GitHub-Event") @Nullable String event,
      @Parameter(hidden = true) @Header("X-Hub-Signature-256") @Nullable String signature,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    return heard(
        "github",
        settings.github(),
        secrets -> Proof.github(secrets, body == null ? new byte[0] : body, signature),
        body,
        json -> changed("github", GithubHook.read(event == null ? "" : event, json, settings)));
  }

  /** GitLab. */
  @Post("/gitlab")
  @Operation(
      operationId = "gitlabHook",
      summary = "Deployments and feature flags of GitLab as changes",
      description = "Its secret token is triage.hooks.gitlab.token.")
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Answers.Taken.class)))
  HttpResponse<?> gitlab(
      @Parameter(hidden = true) @Header("X-Gitlab-Token") @Nullable String token,
      @Parameter(hidden = true) @Header("Idempotency-Key") @Nullable String key,
      @Parameter(hidden = true) @Header("X-Gitlab-Event-UUID") @Nullable String event,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    return heard(
        "gitlab",
        settings.gitlab(),
        secrets -> Proof.gitlab(secrets, token),
        body,
        json ->
            changed(
                "gitlab",
                GitlabHook.read(
                    json, settings, key == null ? event : key, door.clock().instant())));
  }

  /** Alertmanager and Grafana. */
  @Post("/alertmanager")
  @Operation(
      operationId = "alertsHook",
      summary = "Alerts of Alertmanager or Grafana as evidence",
      description =
          "Its bearer token, or the password of its login, is triage.hooks.alerts.token. An alert"
              + " is attached to incidents of its place and time and opens none.")
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Answers.Taken.class)))
  HttpResponse<?> alerts(
      @Parameter(hidden = true) @Header("Authorization") @Nullable String authorization,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    return heard(
        "alertmanager",
        settings.alerts(),
        secrets -> Proof.alerts(secrets, authorization),
        body,
        this::alerted);
  }

  private HttpResponse<?> heard(
      String hook,
      Secrets secrets,
      Predicate<Secrets> proof,
      byte @Nullable [] body,
      Reading reading) {
    if (!secrets.isSet()) {
      count(hook, Outcome.NOT_EXPECTED);
      return HttpResponse.notFound(
          new Answers.Failure(
              "not_configured", "nobody listens here", "the secret of this hook in the settings"));
    }
    if (!proof.test(secrets)) {
      count(hook, Outcome.UNPROVEN);
      return HttpResponse.status(HttpStatus.UNAUTHORIZED)
          .body(
              new Answers.Failure(
                  "unauthorized", "the delivery is not proven", "the secret of this hook"));
    }
    if (body != null && body.length > BODY_BYTES_MAX) {
      count(hook, Outcome.REFUSED);
      return WriteGate.tooLarge(BODY_BYTES_MAX);
    }
    try {
      return reading.read(BoundedJson.object(body == null ? new byte[0] : body));
    } catch (Unreadable wrong) {
      count(hook, Outcome.UNREADABLE);
      return HttpResponse.badRequest(
          new Answers.Failure(
              "unreadable",
              String.valueOf(wrong.getMessage()),
              "what %s sends as application/json".formatted(hook)));
    } catch (NotPublished away) {
      count(hook, Outcome.NOT_RECORDED);
      LOG.warn("A delivery of {} could not be put on record", hook, away);
      return Refusals.later(
          "not_recorded",
          "the delivery could not be put on record",
          ChangesController.RETRY_AFTER_SECONDS);
    }
  }

  private HttpResponse<?> changed(String hook, Heard heard) throws NotPublished {
    return switch (heard) {
      case Heard.Ignored ignored -> {
        count(hook, Outcome.IGNORED);
        yield HttpResponse.ok(Answers.Taken.nothing(ignored.why()));
      }
      case Heard.Changed changed -> taken(hook, changed.change());
    };
  }

  private HttpResponse<?> taken(String hook, ChangeEvent change) throws NotPublished {
    Optional<Refusal> refusal = takenIn.refusal(change);
    if (refusal.isPresent()) {
      count(hook, Outcome.REFUSED);
      return ChangesController.refused(refusal.get());
    }
    String id = takenIn.put(change);
    count(hook, Outcome.TAKEN);
    return HttpResponse.accepted().body(Answers.Taken.of(id));
  }

  private HttpResponse<?> alerted(JsonNode body) throws Unreadable, NotPublished {
    List<ExternalAlert> alerts = AlertHook.read(body, settings, door.clock().instant());
    int taken = takenIn.take(alerts);
    count("alertmanager", taken < alerts.size() ? Outcome.REFUSED : Outcome.TAKEN);
    return HttpResponse.accepted()
        .body(
            new Answers.Taken(
                taken,
                List.of(),
                taken == alerts.size()
                    ? ""
                    : "%d refused: what the limits allow".formatted(alerts.size() - taken)));
  }

  private void count(String hook, Outcome outcome) {
    metrics.counter("tillwatch.hooks", "hook", hook, "outcome", Labels.of(outcome)).increment();
  }
}
