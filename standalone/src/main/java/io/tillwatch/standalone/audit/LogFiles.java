package io.tillwatch.standalone.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.audit.Placed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Log and heads in files: one JSON object a line, every field of the record. */
final class LogFiles {

  static {
    TrustedClasses.declare();
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private LogFiles() {}

  static String line(IncidentLogEntry entry) {
    return JSON.createObjectNode()
        .put("tenant", entry.getTenant())
        .put("incident", entry.getIncidentId())
        .put("sequence", entry.getSequence())
        .put("at", entry.getAt().toString())
        .put("event", entry.getEvent().name().toLowerCase(Locale.ROOT))
        .put("revision", entry.getRevision())
        .put("author", entry.getAuthor())
        .put("text", entry.getText())
        .put("previousHash", entry.getPreviousHash())
        .put("hash", entry.getHash())
        .toString();
  }

  static String line(ChainHead head) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("tenant", head.getTenant())
            .put("sequence", head.getSequence())
            .put("hash", head.getHash())
            .put("at", head.getAt().toString());
    return line.toString();
  }

  /** Hands over each entry of an export with its line. */
  static void entries(Path file, Consumer<Placed> each) throws IOException {
    lines(file, (json, place) -> each.accept(new Placed(entry(json), place)));
  }

  /** The heads in a file: of an export, or kept from {@code /api/v1/audit/head}. */
  static List<ChainHead> heads(Path file) throws IOException {
    List<ChainHead> heads = new ArrayList<>();
    lines(
        file,
        (json, place) -> {
          if (json.path("heads").isArray()) {
            json.path("heads").forEach(each -> heads.add(head(each)));
          } else {
            heads.add(head(json));
          }
        });
    return heads;
  }

  /** Takes the lines of a file as JSON, each with its place. */
  interface LineTaker {
    void take(JsonNode json, String place);
  }

  static void lines(Path file, LineTaker taker) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        String place = "%s:%d".formatted(file.getFileName(), number);
        try {
          taker.take(JSON.readTree(line), place);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException wrong) {
          throw new WrongInput(
              "%s: no entry of a log or heads, expected a line that audit export wrote"
                  .formatted(place));
        }
      }
    }
  }

  private static IncidentLogEntry entry(JsonNode json) {
    return IncidentLogEntry.newBuilder()
        .setTenant(text(json, "tenant"))
        .setIncidentId(text(json, "incident"))
        .setSequence(number(json, "sequence"))
        .setAt(Instant.parse(text(json, "at")))
        .setEvent(IncidentEvent.valueOf(text(json, "event").toUpperCase(Locale.ROOT)))
        .setRevision((int) number(json, "revision"))
        .setAuthor(text(json, "author"))
        .setText(text(json, "text"))
        .setPreviousHash(text(json, "previousHash"))
        .setHash(text(json, "hash"))
        .build();
  }

  private static ChainHead head(JsonNode json) {
    return ChainHead.newBuilder()
        .setTenant(text(json, "tenant"))
        .setSequence(number(json, "sequence"))
        .setHash(text(json, "hash"))
        .setAt(Instant.parse(text(json, "at")))
        .build();
  }

  static String text(JsonNode json, String name) {
    if (!json.path(name).isTextual()) {
      throw new IllegalArgumentException(name);
    }
    return json.path(name).textValue();
  }

  static long number(JsonNode json, String name) {
    if (!json.path(name).canConvertToLong()) {
      throw new IllegalArgumentException(name);
    }
    return json.path(name).longValue();
  }
}
