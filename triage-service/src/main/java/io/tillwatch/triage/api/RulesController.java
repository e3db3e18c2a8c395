package io.tillwatch.triage.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/**
 * {@code /api/v1/rules} and {@code /api/v1/suppressions}: what triage works by, and who is not
 * told.
 */
@Tag(name = "rules")
@WhenTriageRuns
@Controller("/api/v1")
class RulesController {

  private final TriageDoor door;

  RulesController(TriageDoor door) {
    this.door = door;
  }

  /** Which rules are in force, and the latest ones that were refused. */
  @Get("/rules")
  @Operation(operationId = "rules", summary = "Which rules are in force, and what was refused")
  RulesJson rules() {
    return RulesJson.of(door.rules());
  }

  /** What is held back: each silence and inhibition with what it swallowed. */
  @Get("/suppressions")
  @Operation(
      operationId = "suppressions",
      summary = "Silences and inhibitions in force or lately ended, with what they swallowed")
  SuppressionsJson suppressions() {
    return SuppressionsJson.of(
        door.rules().book().suppression(), door.incidents().all(), door.clock().instant());
  }
}
