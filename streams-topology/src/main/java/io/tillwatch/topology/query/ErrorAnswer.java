package io.tillwatch.topology.query;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Why there is no answer.
 *
 * @param error the reason, for programs
 * @param message what was wrong, for people
 * @param expected what would have been right, or what to do
 */
@Serdeable
@Schema(name = "Error")
record ErrorAnswer(
    @Schema(example = "bad_parameter") String error, String message, String expected) {

  static ErrorAnswer of(Refusal refusal) {
    return new ErrorAnswer(
        refusal.reason().label(), String.valueOf(refusal.getMessage()), refusal.expected());
  }
}
