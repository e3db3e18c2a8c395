package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.util.List;

/**
 * {@code /api/v1/audit/head}: how far the incident log reaches. Kept elsewhere, it shows later
 * whether the end of the log was cut off.
 */
@WhenTriageRuns
@Controller("/api/v1/audit")
final class AuditController {

  private final TriageDoor door;

  AuditController(TriageDoor door) {
    this.door = door;
  }

  /** The last entry of each tenant's log, as committed. */
  @Get("/head")
  @Operation(operationId = "auditHead", summary = "How far the incident log reaches")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Heads.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = Answers.Failure.class)))
  HttpResponse<?> head() {
    return door.loaded().getAsBoolean()
        ? HttpResponse.ok(new Heads(door.incidents().heads().stream().map(Head::of).toList()))
        : Refusals.loading();
  }

  /** One head per tenant. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ChainHeads")
  record Heads(List<Head> heads) {}

  /**
   * How far one tenant's log reaches.
   *
   * @param sequence of the last entry
   * @param hash its hash, hex SHA-256
   * @param at when it happened
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ChainHead")
  record Head(String tenant, long sequence, String hash, @Schema(format = "date-time") String at) {

    static Head of(IncidentLogEntry entry) {
      return new Head(
          entry.getTenant(), entry.getSequence(), entry.getHash(), entry.getAt().toString());
    }
  }
}
