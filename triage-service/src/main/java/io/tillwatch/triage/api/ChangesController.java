package io.tillwatch.triage.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.stream.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/changes}: what we changed ourselves, as evidence for incidents. */
@WhenTriageRuns
@Controller("/api/v1/changes")
final class ChangesController {

  static final String RETRY_AFTER_SECONDS = "2";

  private static final Logger LOG = LoggerFactory.getLogger(ChangesController.class);

  private final TriageDoor door;
  private final WriteGate gate;
  private final TakenIn takenIn;

  ChangesController(TriageDoor door, WriteGate gate, TakenIn takenIn) {
    this.door = door;
    this.gate = gate;
    this.takenIn = takenIn;
  }

  /** Puts a change on record. */
  @Post
  @Consumes(MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      operationId = "change",
      summary = "Something we changed: a deploy, a flag, routing, a certificate, settings",
      description =
          "Answered when it is on record. Incidents of its place that begin within an hour after"
              + " show it as evidence. The same id again is the same change.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ChangeRequest.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Answers.Taken.class)))
  @ApiResponse(
      responseCode = "400",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "401",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "403",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> change(
      @Parameter(hidden = true) HttpRequest<?> request,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    Optional<HttpResponse<?>> refusal = gate.refusal(request, body);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      ChangeEvent change = ChangeRequest.read(body).event(door.clock().instant());
      Optional<Refusal> refused = takenIn.refusal(change);
      return refused.isPresent()
          ? refused(refused.get())
          : HttpResponse.accepted().body(Answers.Taken.of(takenIn.put(change)));
    } catch (NotUnderstood wrong) {
      return HttpResponse.badRequest(wrong.failure("bad_change"));
    } catch (NotPublished away) {
      LOG.warn("A change could not be put on record", away);
      return Refusals.later(
          "not_recorded", "the change could not be put on record", RETRY_AFTER_SECONDS);
    }
  }

  static HttpResponse<?> refused(Refusal why) {
    return HttpResponse.badRequest(
        new Answers.Failure("refused", why.detail(), "what the limits allow; see /openapi"));
  }
}
