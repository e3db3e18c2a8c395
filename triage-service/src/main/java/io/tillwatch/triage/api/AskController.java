package io.tillwatch.triage.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillwatch.triage.outside.Bucket;
import io.tillwatch.triage.outside.Rate;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/ask}: what runbooks, policy documents and reviewed incidents say to a
 * question.
 *
 * <p>It changes nothing, but with a model it costs money: whoever may not write may not ask, and
 * all askers together have {@link #PER_MINUTE} questions.
 */
@Tag(name = "library")
@WhenTriageRuns
@Controller("/api/v1/ask")
final class AskController {

  /** Questions in a minute, of all who ask; more are answered with 429 and when to come again. */
  static final int PER_MINUTE = 60;

  /** Of these at once after a pause. */
  static final int AT_ONCE = 20;

  private final TriageDoor door;
  private final WriteGate gate;
  private final Bucket bucket = new Bucket(Rate.perMinute(PER_MINUTE, AT_ONCE));

  AskController(TriageDoor door, WriteGate gate) {
    this.door = door;
    this.gate = gate;
  }

  /** Answers a question. */
  @Post
  @Consumes(MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      operationId = "ask",
      summary = "What runbooks, policy documents and reviewed incidents say to a question",
      description =
          "With a model: an answer of which each sentence cites passages, and the passages."
              + " Without one, or when what it wrote breaks a rule: the passages, and why."
              + " When nothing fits the question: refused, and none.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AskJson.Question.class)))
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AskJson.Answered.class)))
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
      responseCode = "413",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "415",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "429",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> ask(
      @Parameter(hidden = true) HttpRequest<?> request,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    Optional<HttpResponse<?>> refusal = gate.refusal(request, body);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!door.loaded().getAsBoolean()) {
      return Refusals.loading();
    }
    try {
      AskJson.Question question = AskJson.Question.read(body);
      Duration wait = bucket.take(System.nanoTime());
      return wait.isZero() ? answer(question) : tooMany(wait);
    } catch (NotUnderstood wrong) {
      return HttpResponse.badRequest(wrong.failure("bad_question"));
    }
  }

  private HttpResponse<?> answer(AskJson.Question question) {
    return HttpResponse.ok(
        AskJson.Answered.of(door.librarian().answer(question.question(), question.top())));
  }

  private static HttpResponse<?> tooMany(Duration wait) {
    return HttpResponse.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1))
        .body(
            new Answers.Failure(
                "too_many",
                "more questions than are answered in a minute",
                "%d a minute; try again in a moment".formatted(PER_MINUTE)));
  }
}
