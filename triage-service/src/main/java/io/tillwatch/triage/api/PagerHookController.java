package io.tillwatch.triage.api;

import io.micronaut.http.HttpHeaders;
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
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tillwatch.triage.pagerduty.HookOutcome;
import io.tillwatch.triage.pagerduty.PagerHook;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/hooks/pagerduty}: webhooks v3 of PagerDuty, known by their signature. A 2xx
 * says that what it means is on record; PagerDuty sends again after a 5xx and never after a 4xx.
 */
@WhenTriageRuns
@Controller("/api/v1/hooks/pagerduty")
final class PagerHookController {

  private static final String RETRY_AFTER_SECONDS = "5";

  private final TriageDoor door;

  PagerHookController(TriageDoor door) {
    this.door = door;
  }

  /** Takes one webhook. */
  @Post
  @Consumes(MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(operationId = "pagerdutyWebhook", summary = "Webhooks v3 of PagerDuty")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(description = "As PagerDuty sends it", type = "object")))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Answers.Heard.class)))
  @ApiResponse(
      responseCode = "400",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "401",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "404",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "422",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> take(
      @Parameter(description = "v1=<hex of HMAC-SHA256>, several with commas")
          @Header(PagerHook.SIGNATURE)
          @Nullable String signature,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    PagerHook hook = door.pagerHook();
    if (!hook.open()) {
      return refused(
          HttpStatus.NOT_FOUND,
          "closed",
          "no webhook of PagerDuty is expected",
          "triage.pagerduty.webhook-secrets to be set");
    }
    if (!door.loaded().getAsBoolean()) {
      return later("loading", "incidents are still being read");
    }
    HookOutcome outcome = hook.take(body == null ? new byte[0] : body, signature);
    return switch (outcome) {
      case UNSIGNED ->
          refused(
              HttpStatus.UNAUTHORIZED,
              "unauthorized",
              "not signed with a secret that is known here",
              PagerHook.SIGNATURE + " over the body as it was sent");
      case UNREADABLE ->
          refused(HttpStatus.BAD_REQUEST, "bad_webhook", "no event in it", "a webhook v3");
      case REFUSED ->
          refused(
              HttpStatus.UNPROCESSABLE_ENTITY,
              "refused",
              "it holds what may not be put on record",
              "no card number, and texts within their limits");
      case NOT_RECORDED -> later("not_recorded", "the command could not be put on record");
      case COMMAND, DUPLICATE, IGNORED, UNKNOWN_INCIDENT, OTHER_EPISODE, OWN ->
          HttpResponse.accepted().body(new Answers.Heard(Labels.of(outcome)));
    };
  }

  private static HttpResponse<?> later(String error, String message) {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .body(new Answers.Failure(error, message, "try again in a moment"));
  }

  private static HttpResponse<?> refused(
      HttpStatus status, String error, String message, String expected) {
    return HttpResponse.status(status).body(new Answers.Failure(error, message, expected));
  }
}
