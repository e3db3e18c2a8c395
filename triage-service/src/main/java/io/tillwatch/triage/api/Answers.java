package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.card.Confidential;
import java.util.List;

/** What the API answers with, besides the incident itself. */
final class Answers {

  private Answers() {}

  /**
   * Incidents.
   *
   * @param incidents open ones worst first, otherwise newest first
   * @param asOf time of the answer on the server's clock, which a simulation moves faster
   * @param truncated whether there are more than the limit
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Incidents")
  record Incidents(
      List<IncidentJson> incidents, @Schema(format = "date-time") String asOf, boolean truncated) {}

  /**
   * An incident's log.
   *
   * @param entries oldest first
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "IncidentLog")
  record Log(String id, List<LogEntryJson> entries) {}

  /**
   * A command is on record; what becomes of it stands in the incident's log.
   *
   * @param commandId names it there when it is refused
   */
  @Serdeable
  @Schema(name = "Accepted")
  record Accepted(String commandId, String incident, String verb) {}

  /**
   * What a webhook came to.
   *
   * @param outcome one of those that are counted
   */
  @Serdeable
  @Schema(name = "Heard")
  record Heard(@Schema(example = "command") String outcome) {}

  /**
   * What was heard and is on record.
   *
   * @param taken how much of it
   * @param ids of changes, by which they are recognised when they come again
   * @param note why not all of it was taken; empty when it was
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Taken")
  record Taken(int taken, List<String> ids, String note) {

    Taken {
      ids = List.copyOf(ids);
      note = Confidential.hiddenIn(note);
    }

    static Taken of(String id) {
      return new Taken(1, List.of(id), "");
    }

    static Taken nothing(String why) {
      return new Taken(0, List.of(), why);
    }
  }

  /**
   * Why there is no answer.
   *
   * @param error the reason, for programs
   * @param message what was wrong, for people
   * @param expected what would have been right, or what to do
   */
  @Serdeable
  @Schema(name = "Error")
  record Failure(@Schema(example = "bad_parameter") String error, String message, String expected) {

    /** What was sent may stand in the message, and is shown as far as it may be. */
    Failure {
      message = Confidential.hiddenIn(message);
    }
  }
}
