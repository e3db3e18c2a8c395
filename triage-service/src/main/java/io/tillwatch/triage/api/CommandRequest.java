package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.card.CardNumbers;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.triage.incident.DeskLimits;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done, and why, as it is sent.
 *
 * @param author who wants it
 * @param reason why; the text of a note
 * @param confirmedClass review: what it was, for example {@code psp_outage}
 * @param cause review: what caused it
 * @param into merge: the incident it becomes part of
 * @param bursts split: what becomes an incident of its own
 * @param episode the episode whoever sends it speaks of; null for the present one
 */
@Serdeable
@Schema(name = "Command")
record CommandRequest(
    @Schema(maxLength = AUTHOR_MAX) String author,
    @Schema(maxLength = TEXT_MAX, requiredMode = Schema.RequiredMode.NOT_REQUIRED) String reason,
    @JsonProperty("class") @Schema(name = "class", nullable = true) @Nullable String confirmedClass,
    @Schema(maxLength = TEXT_MAX, requiredMode = Schema.RequiredMode.NOT_REQUIRED) String cause,
    @Schema(nullable = true) @Nullable String into,
    @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) List<String> bursts,
    @Schema(nullable = true, minimum = "1") @Nullable Integer episode) {

  private static final int AUTHOR_MAX = DeskLimits.AUTHOR_MAX;
  private static final int TEXT_MAX = 512;
  private static final int ID_MAX = 128;

  CommandRequest {
    bursts = List.copyOf(bursts);
  }

  /** What was sent makes no command; the message says what was found, and not its value. */
  static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    private final String expected;

    NotUnderstood(String found, String expected) {
      super(found);
      this.expected = expected;
    }

    Answers.Failure failure() {
      return new Answers.Failure("bad_command", String.valueOf(getMessage()), expected);
    }
  }

  static CommandRequest read(byte @Nullable [] body, CommandVerb verb) throws NotUnderstood {
    JsonNode sent;
    try {
      sent = BoundedJson.object(body == null ? new byte[0] : body);
    } catch (BoundedJson.Unreadable unreadable) {
      throw new NotUnderstood(String.valueOf(unreadable.getMessage()), "one JSON object");
    }
    requireKnown(sent, verb);
    String author = text(sent, "author", AUTHOR_MAX);
    if (author.isEmpty()) {
      throw new NotUnderstood("author is missing", "who wants it, 1 to 64 characters");
    }
    return new CommandRequest(
        author,
        text(sent, "reason", TEXT_MAX),
        optional(sent, "class"),
        text(sent, "cause", TEXT_MAX),
        optional(sent, "into"),
        bursts(sent),
        episode(sent));
  }

  private static void requireKnown(JsonNode sent, CommandVerb verb) throws NotUnderstood {
    Set<String> known = new TreeSet<>(Set.of("author", "reason", "episode"));
    known.addAll(
        switch (verb) {
          case REVIEW -> Set.of("class", "cause");
          case MERGE -> Set.of("into");
          case SPLIT -> Set.of("bursts");
          case ACKNOWLEDGE, MITIGATE, RESOLVE, NOTE, OTHER -> Set.of();
        });
    for (var names = sent.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new NotUnderstood(
            "unknown field '%s'".formatted(Refusals.shown(Texts.line(name, ID_MAX))),
            String.join(", ", known));
      }
    }
  }

  private static @Nullable String optional(JsonNode sent, String name) throws NotUnderstood {
    String text = text(sent, name, AUTHOR_MAX);
    return text.isEmpty() ? null : text;
  }

  private static String text(JsonNode sent, String name, int charactersMax) throws NotUnderstood {
    JsonNode value = sent.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new NotUnderstood(name + " is no text", "a text");
    }
    return line(name, value.textValue(), charactersMax);
  }

  private static String line(String name, String value, int charactersMax) throws NotUnderstood {
    String line = Texts.line(value, Integer.MAX_VALUE);
    if (line.length() > charactersMax) {
      throw new NotUnderstood(
          "%s of %d characters".formatted(name, line.length()), "at most " + charactersMax);
    }
    if (CardNumbers.isIn(line)) {
      throw new NotUnderstood(name + " holds a card number", "none");
    }
    return line;
  }

  private static @Nullable Integer episode(JsonNode sent) throws NotUnderstood {
    JsonNode value = sent.path("episode");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw new NotUnderstood("episode is no number from 1", "the episode of the incident");
    }
    return value.intValue();
  }

  private static List<String> bursts(JsonNode sent) throws NotUnderstood {
    JsonNode value = sent.path("bursts");
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || value.size() > DeskLimits.BURSTS_MAX) {
      throw new NotUnderstood(
          "bursts is no list, or too long", "at most %d ids".formatted(DeskLimits.BURSTS_MAX));
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode id : value) {
      if (!id.isTextual()) {
        throw new NotUnderstood("a burst is no text", "the id of a burst");
      }
      ids.add(line("burst", id.textValue(), ID_MAX));
    }
    return ids;
  }

  /** The class of that name. */
  @Nullable IncidentClass incidentClass() throws NotUnderstood {
    if (confirmedClass == null) {
      return null;
    }
    return Labels.find(IncidentClass.class, confirmedClass)
        .orElseThrow(() ->
            new NotUnderstood(
                "class is '%s'".formatted(Refusals.shown(confirmedClass)),
                Labels.all(IncidentClass.class)));
  }
}
