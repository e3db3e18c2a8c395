package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.card.CardNumbers;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.triage.incident.DeskLimits;
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

  static CommandRequest read(byte @Nullable [] body, CommandVerb verb) throws NotUnderstood {
    SentJson sent = SentJson.read(body, fields(verb));
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

  private static Set<String> fields(CommandVerb verb) {
    Set<String> known = new TreeSet<>(Set.of("author", "reason", "episode"));
    known.addAll(
        switch (verb) {
          case REVIEW -> Set.of("class", "cause");
          case MERGE -> Set.of("into");
          case SPLIT -> Set.of("bursts");
          case ACKNOWLEDGE, MITIGATE, RESOLVE, NOTE, OTHER -> Set.of();
        });
    return known;
  }

  private static @Nullable String optional(SentJson sent, String name) throws NotUnderstood {
    String text = text(sent, name, AUTHOR_MAX);
    return text.isEmpty() ? null : text;
  }

  private static String text(SentJson sent, String name, int charactersMax) throws NotUnderstood {
    return withoutCard(name, sent.text(name, charactersMax));
  }

  private static String withoutCard(String name, String line) throws NotUnderstood {
    if (CardNumbers.isIn(line)) {
      throw new NotUnderstood(name + " holds a card number", "none");
    }
    return line;
  }

  private static @Nullable Integer episode(SentJson sent) throws NotUnderstood {
    JsonNode value = sent.value("episode");
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw new NotUnderstood("episode is no number from 1", "the episode of the incident");
    }
    return value.intValue();
  }

  private static List<String> bursts(SentJson sent) throws NotUnderstood {
    JsonNode value = sent.value("bursts");
    if (value == null) {
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
      ids.add(withoutCard("burst", SentJson.line("burst", id.textValue(), ID_MAX)));
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
