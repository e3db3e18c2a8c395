package io.tillwatch.triage.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.wire.StableId;
import io.tillwatch.triage.wire.Texts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something we changed, as it is sent.
 *
 * @param kind what kind of thing
 * @param title one line for people
 * @param author who did it; not given when a machine did
 * @param scope what it touches, value by dimension; not given for everything
 * @param link where to read more
 * @param time when it took effect; not given for now
 * @param id the same id again is the same change; not given, it follows from all the others
 */
@Serdeable
@Schema(name = "Change")
record ChangeRequest(
    @Schema(allowableValues = {"deploy", "flag", "routing", "certificate", "config", "other"})
        String kind,
    @Schema(maxLength = TEXT_MAX, example = "connector 2.14.0") String title,
    @Schema(maxLength = TEXT_MAX, nullable = true) @Nullable String author,
    @Schema(example = "{\"psp\": \"northpay\"}", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Map<String, String> scope,
    @Schema(nullable = true) @Nullable String link,
    @Schema(format = "date-time", nullable = true) @Nullable String time,
    @Schema(maxLength = ID_MAX, nullable = true) @Nullable String id) {

  private static final int TEXT_MAX = 256;
  private static final int LINK_MAX = 2_048;
  private static final int ID_MAX = 128;
  private static final Set<String> FIELDS =
      Set.of("kind", "title", "author", "scope", "link", "time", "id");
  private static final Map<String, ChangeType> KINDS =
      new TreeMap<>(
          Map.of(
              "deploy", ChangeType.DEPLOY,
              "flag", ChangeType.FEATURE_FLAG,
              "routing", ChangeType.ROUTING_RULE,
              "certificate", ChangeType.CERTIFICATE,
              "config", ChangeType.CONFIG,
              "other", ChangeType.OTHER));

  ChangeRequest {
    scope = Map.copyOf(scope);
  }

  static ChangeRequest read(byte @Nullable [] body) throws NotUnderstood {
    SentJson sent = SentJson.read(body, FIELDS);
    return new ChangeRequest(
        required(sent, "kind", TEXT_MAX),
        required(sent, "title", TEXT_MAX),
        text(sent, "author", TEXT_MAX),
        scope(sent.value("scope")),
        link(sent),
        text(sent, "time", TEXT_MAX),
        text(sent, "id", ID_MAX));
  }

  private static String required(SentJson sent, String name, int charactersMax)
      throws NotUnderstood {
    String text = sent.text(name, charactersMax);
    if (text.isEmpty()) {
      throw new NotUnderstood(name + " is missing", "1 to %d characters".formatted(charactersMax));
    }
    return text;
  }

  private static @Nullable String text(SentJson sent, String name, int charactersMax)
      throws NotUnderstood {
    String text = sent.text(name, charactersMax);
    return text.isEmpty() ? null : text;
  }

  private static Map<String, String> scope(@Nullable JsonNode sent) throws NotUnderstood {
    if (sent == null) {
      return Map.of();
    }
    Map<String, String> scope = new TreeMap<>();
    if (!sent.isObject()) {
      throw new NotUnderstood("scope is no object", "value by dimension");
    }
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      if (Dimension.byLabel(entry.getKey()).isEmpty()) {
        throw new NotUnderstood(
            "scope names what is no dimension",
            Dimension.ALL.stream().map(Dimension::label).collect(Collectors.joining(", ")));
      }
      String value = new SentJson(sent).text(entry.getKey(), TEXT_MAX);
      if (value.isEmpty()) {
        throw new NotUnderstood(
            "scope has no value for " + entry.getKey(), "a value, or no such entry");
      }
      scope.put(entry.getKey(), value);
    }
    return scope;
  }

  private static @Nullable String link(SentJson sent) throws NotUnderstood {
    String link = text(sent, "link", LINK_MAX);
    if (link != null && !link.startsWith("https://") && !link.startsWith("http://")) {
      throw new NotUnderstood("link is no address", "an http or https address");
    }
    return link;
  }

  /** The change. */
  ChangeEvent event(Instant now) throws NotUnderstood {
    ChangeType type = KINDS.get(kind);
    if (type == null) {
      throw new NotUnderstood("kind is another word", String.join(", ", KINDS.keySet()));
    }
    Instant at = now;
    if (time != null) {
      Optional<Instant> given = Texts.time(time);
      if (given.isEmpty()) {
        throw new NotUnderstood("time is no time", "for example 2026-11-20T03:00:00Z");
      }
      at = given.get();
    }
    return ChangeEvent.newBuilder()
        .setEventId(id != null ? id : idFrom(at))
        .setEventTime(at)
        .setType(type)
        .setTitle(title)
        .setScope(scope)
        .setAuthor(author)
        .setLink(link)
        .build();
  }

  private String idFrom(Instant at) {
    return StableId.of(
        "api",
        kind,
        title,
        String.valueOf(author),
        new TreeMap<>(scope).toString(),
        String.valueOf(link),
        at.toString());
  }
}
