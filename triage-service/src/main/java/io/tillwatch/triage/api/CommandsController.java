package io.tillwatch.triage.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
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
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.incident.CommandRules;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.stream.InputRedaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/incidents/<id>/<verb>}: what people want done with an incident, put on record
 * and answered with 202; what becomes of it stands in the incident's log.
 */
@WhenTriageRuns
@Controller("/api/v1/incidents")
final class CommandsController {

  private static final Logger LOG = LoggerFactory.getLogger(CommandsController.class);
  private static final String CHANNEL = "api";
  private static final int KEY_CHARACTERS_MAX = 128;
  private static final int HASH_BYTES = 16;
  private static final String RETRY_AFTER_SECONDS = "2";

  private final TriageDoor door;
  private final WriteGate gate;

  CommandsController(TriageDoor door, WriteGate gate) {
    this.door = door;
    this.gate = gate;
  }

  /** Puts a command on record. */
  @Post("/{id}/{verb}")
  @Consumes(MediaType.ALL)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      operationId = "command",
      summary = "Something a person wants done with an incident",
      description =
          "Answered when it is on record. What becomes of it, or why it was refused, stands in the"
              + " incident's log. The same Idempotency-Key again does nothing; with a key it is"
              + " the log alone, and no 409, that says what the state does not allow. With another"
              + " episode it is another command. A command is"
              + " for one episode, the present one unless it says which: it is refused when the"
              + " incident is back in another one by the time it is carried out.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CommandRequest.class)))
  @ApiResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Answers.Accepted.class)))
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
      responseCode = "404",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "409",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "413",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "415",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> command(
      @Parameter(hidden = true) HttpRequest<?> request,
      @Parameter(example = "INC-3F9A12C4D07E") String id,
      @Parameter(
              schema =
                  @Schema(
                      allowableValues = {
                        "acknowledge",
                        "mitigate",
                        "resolve",
                        "review",
                        "note",
                        "merge",
                        "split"
                      }))
          String verb,
      @Parameter(description = "The same key again is the same command, 1 to 128 characters")
          @Header("Idempotency-Key")
          @Nullable String key,
      @Parameter(hidden = true) @Body byte @Nullable [] body) {
    Optional<HttpResponse<?>> refusal = gate.refusal(request, body);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<CommandVerb> wanted =
        Labels.find(CommandVerb.class, verb).filter(known -> known != CommandVerb.OTHER);
    if (wanted.isEmpty()) {
      return HttpResponse.notFound(
          new Answers.Failure(
              "unknown_verb",
              "nothing is called '%s'".formatted(Refusals.shown(verb)),
              "acknowledge, mitigate, resolve, review, note, merge or split"));
    }
    if (key != null && (key.isBlank() || key.length() > KEY_CHARACTERS_MAX)) {
      return HttpResponse.badRequest(
          new Answers.Failure(
              "bad_command",
              "Idempotency-Key of %d characters".formatted(key.length()),
              "1 to " + KEY_CHARACTERS_MAX));
    }
    return door.incidents()
        .one(id)
        .<HttpResponse<?>>map(incident -> record(incident, wanted.get(), key, body))
        .orElseGet(() -> Refusals.noIncident(door, id));
  }

  /**
   * With a key the desk alone decides: the state may have moved because the same command came
   * before, and its answer was lost.
   */
  private HttpResponse<?> record(
      Incident incident, CommandVerb verb, @Nullable String key, byte @Nullable [] body) {
    try {
      Command command =
          InputRedaction.clean(command(incident, verb, key, CommandRequest.read(body, verb)));
      Optional<String> lack = CommandRules.lack(command);
      if (lack.isPresent()) {
        return HttpResponse.badRequest(
            new Answers.Failure("bad_command", lack.get(), "see /openapi"));
      }
      Optional<String> objection =
          key == null
              ? CommandRules.stale(command, incident.getEpisode())
                  .or(() -> CommandRules.objection(incident.getState(), verb))
              : Optional.empty();
      if (objection.isPresent()) {
        return HttpResponse.status(HttpStatus.CONFLICT)
            .body(
                new Answers.Failure(
                    "not_allowed",
                    "%s: %s".formatted(incident.getIncidentId(), objection.get()),
                    "see /api/v1/incidents/" + incident.getIncidentId()));
      }
      Writing writing = door.writing();
      writing.publisher().publish(writing.topics().commands(), command.getIncidentId(), command);
      return HttpResponse.accepted()
          .header(
              HttpHeaders.LOCATION, "/api/v1/incidents/%s/log".formatted(incident.getIncidentId()))
          .body(
              new Answers.Accepted(
                  command.getCommandId(), command.getIncidentId(), Labels.of(verb)));
    } catch (NotUnderstood wrong) {
      return HttpResponse.badRequest(wrong.failure("bad_command"));
    } catch (NotPublished away) {
      LOG.warn("A command could not be put on record", away);
      return Refusals.later(
          "not_recorded", "the command could not be put on record", RETRY_AFTER_SECONDS);
    }
  }

  private Command command(
      Incident incident, CommandVerb verb, @Nullable String key, CommandRequest sent)
      throws NotUnderstood {
    return Command.newBuilder()
        .setCommandId(
            key == null ? CHANNEL + "-" + UUID.randomUUID() : idOf(incident, verb, key, sent))
        .setTenant(door.writing().tenant())
        .setIncidentId(incident.getIncidentId())
        .setVerb(verb)
        .setAuthor(sent.author())
        .setReason(sent.reason())
        .setConfirmedClass(sent.incidentClass())
        .setConfirmedCause(sent.cause())
        .setInto(sent.into())
        .setBurstIds(sent.bursts())
        .setChannel(CHANNEL)
        .setAt(door.clock().instant())
        .setEpisode(sent.episode() == null ? (Integer) incident.getEpisode() : sent.episode())
        .build();
  }

  /**
   * The same key for the same thing is the same command. An episode that is filled in is none of
   * the key's: what is sent again after the reopening is still what was sent.
   */
  private static String idOf(Incident incident, CommandVerb verb, String key, CommandRequest sent) {
    // No header holds a line break, so that no key can look like another one with an episode.
    String episode = sent.episode() == null ? "" : "\nepisode " + sent.episode();
    String named = incident.getIncidentId() + '/' + verb + '/' + key + episode;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
      return CHANNEL + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
