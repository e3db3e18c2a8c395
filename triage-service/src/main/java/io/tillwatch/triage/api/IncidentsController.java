package io.tillwatch.triage.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.timeline.Postmortem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/incidents}: committed incidents, one of them, and its log. */
@WhenTriageRuns
@Controller("/api/v1/incidents")
final class IncidentsController {

  static final int LIMIT_MAX = 1_000;
  private static final String MARKDOWN = "text/markdown";
  private static final int LIMIT_DEFAULT = 50;
  private static final String STATES =
      "open, all, "
          + Arrays.stream(IncidentState.values()).map(Labels::of).collect(Collectors.joining(", "));

  private final TriageDoor door;

  IncidentsController(TriageDoor door) {
    this.door = door;
  }

  /** Incidents: open ones worst first, any other selection newest first. */
  @Get
  @Operation(operationId = "incidents", summary = "Incidents as committed")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Answers.Incidents.class)))
  @ApiResponse(
      responseCode = "400",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> list(
      @Parameter(description = "open, all, or one state") @QueryValue(defaultValue = "open")
          String state,
      @Parameter(description = "1 to 1000", schema = @Schema(defaultValue = "50")) @QueryValue
          @Nullable String limit) {
    Integer wanted = limit == null ? Integer.valueOf(LIMIT_DEFAULT) : number(limit);
    if (wanted == null || wanted < 1 || wanted > LIMIT_MAX) {
      return Refusals.badParameter(
          "limit", String.valueOf(limit), "a number from 1 to " + LIMIT_MAX);
    }
    Optional<List<Incident>> selected = select(state);
    if (selected.isEmpty()) {
      return Refusals.badParameter("state", state, STATES);
    }
    if (!door.loaded().getAsBoolean()) {
      return Refusals.loading();
    }
    List<Incident> found = selected.get();
    return HttpResponse.ok(
        new Answers.Incidents(
            found.stream().limit(wanted).map(IncidentJson::of).toList(),
            door.clock().instant().toString(),
            found.size() > wanted));
  }

  /** One incident. */
  @Get("/{id}")
  @Operation(operationId = "incident", summary = "One incident")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = IncidentJson.class)))
  @ApiResponse(
      responseCode = "404",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> one(String id) {
    return door.incidents()
        .one(id)
        .<HttpResponse<?>>map(incident -> HttpResponse.ok(IncidentJson.of(incident)))
        .orElseGet(() -> Refusals.noIncident(door, id));
  }

  /** What happened to one incident, oldest first. */
  @Get("/{id}/log")
  @Operation(operationId = "incidentLog", summary = "What happened to one incident")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Answers.Log.class)))
  @ApiResponse(
      responseCode = "404",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> log(String id) {
    return door.incidents()
        .one(id)
        .<HttpResponse<?>>map(incident ->
            HttpResponse.ok(
                new Answers.Log(
                    id, door.incidents().log(id).stream().map(LogEntryJson::of).toList())))
        .orElseGet(() -> Refusals.noIncident(door, id));
  }

  /** The moments people ask for, and how long each took. */
  @Get("/{id}/timeline")
  @Operation(operationId = "incidentTimeline", summary = "What happened, and how long it took")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TimelineJson.class)))
  @ApiResponse(
      responseCode = "404",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> timeline(String id) {
    return door.incidents()
        .one(id)
        .<HttpResponse<?>>map(
            incident -> HttpResponse.ok(TimelineJson.of(incident, door.incidents().log(id))))
        .orElseGet(() -> Refusals.noIncident(door, id));
  }

  /** The draft of a postmortem, as Markdown. */
  @Get("/{id}/postmortem")
  @Operation(operationId = "incidentPostmortem", summary = "Draft of a postmortem")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = MARKDOWN, schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "404",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> postmortem(String id) {
    return door.incidents()
        .one(id)
        .<HttpResponse<?>>map(incident ->
            HttpResponse.ok(Postmortem.of(incident, door.incidents().log(id)))
                .contentType(MARKDOWN + ";charset=utf-8"))
        .orElseGet(() -> Refusals.noIncident(door, id));
  }

  private Optional<List<Incident>> select(String state) {
    return switch (state) {
      case "open" -> Optional.of(door.incidents().open());
      case "all" -> Optional.of(door.incidents().all());
      default -> Labels.find(IncidentState.class, state).map(door.incidents()::in);
    };
  }

  private static @Nullable Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
