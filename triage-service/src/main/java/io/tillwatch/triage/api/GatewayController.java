package io.tillwatch.triage.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
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
import io.tillwatch.triage.gateway.OthersDoor;
import io.tillwatch.triage.gateway.OthersDoor.Said;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /gateway/v1/chat/completions}: other teams' prompts through the prompt gateway, in
 * OpenAI's format. Without {@code triage.model.others.token} it does not exist.
 */
@WhenTriageRuns
@Controller("/gateway/v1")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class GatewayController {

  static final String PATH = "/gateway/";

  private final Optional<OthersDoor> others;

  GatewayController(TriageDoor door) {
    this.others = OthersDoor.of(door.gateway());
  }

  /** Asks the configured model. */
  @Post("/chat/completions")
  @Operation(
      operationId = "chatCompletions",
      summary = "Asks the configured model through the prompt gateway",
      description =
          "OpenAI's chat completions with model, messages, temperature, max_tokens, response_format"
              + " and tools; no streaming. Prompt and answer are redacted, each attempt is on"
              + " record. Its token is that of triage.model.others.token, as Authorization:"
              + " Bearer. Errors are in OpenAI's shape.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = "object", description = "As OpenAI takes it")))
  @ApiResponse(responseCode = "200", description = "As OpenAI answers")
  @ApiResponse(responseCode = "400", description = "Not a request that is taken")
  @ApiResponse(responseCode = "401", description = "No token, or another one")
  @ApiResponse(responseCode = "404", description = "The gateway is not open to others")
  @ApiResponse(responseCode = "413", description = "A body of more than 256 KiB")
  @ApiResponse(responseCode = "429", description = "Too many requests, or the budget is used up")
  @ApiResponse(responseCode = "502", description = "No answer of the model that can be used")
  @ApiResponse(responseCode = "503", description = "The model is left alone, or no record is kept")
  @ApiResponse(responseCode = "504", description = "No answer in time")
  HttpResponse<String> complete(
      @Parameter(hidden = true) @Header("Authorization") @Nullable String authorization,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    if (others.isEmpty()) {
      return json(
          HttpStatus.NOT_FOUND.getCode(),
          OthersDoor.json("not_configured", "the gateway is not open to others", null));
    }
    Said said = others.get().ask(authorization, body == null ? new byte[0] : body);
    MutableHttpResponse<String> response = json(said.status(), said.json());
    if (said.after().isPositive()) {
      response.header(
          HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, said.after().toSeconds())));
    }
    return response;
  }

  static MutableHttpResponse<String> tooLarge() {
    return json(
        HttpStatus.REQUEST_ENTITY_TOO_LARGE.getCode(),
        OthersDoor.json("too_large", "the body is too large", null));
  }

  private static MutableHttpResponse<String> json(int status, String json) {
    return HttpResponse.<String>status(HttpStatus.valueOf(status))
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(json);
  }
}
