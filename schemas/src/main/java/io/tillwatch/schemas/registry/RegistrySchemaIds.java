package io.tillwatch.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.frame.RegistryUnavailable;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.frame.UnknownSchemaId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Schema ids of a registry that speaks Confluent's REST API.
 *
 * <p>What the registry has once answered is never asked again: an id stands for its schema for
 * good. An id it does not know is asked for at most once in {@link #UNKNOWN_KEPT}; after a time
 * without any answer the next {@link #REST} are spent without asking, so that a registry that is
 * down does not hold up every record in turn. Thread-safe; one question at a time.
 */
public final class RegistrySchemaIds implements SchemaIds, AutoCloseable {

  /** How long an unknown id stays unknown. */
  static final Duration UNKNOWN_KEPT = Duration.ofSeconds(60);

  /** How long nobody asks after patience has ended. */
  static final Duration REST = Duration.ofSeconds(10);

  /** Unknown ids remembered; the oldest gives way. About 200 bytes each. */
  private static final int UNKNOWN_MAX = 10_000;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int SUBJECT_UNKNOWN = 40401;
  private static final int SCHEMA_UNKNOWN = 40403;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private record SubjectAndSchema(String subject, Schema schema) {}

  private final RegistryClient client;
  private final InstantSource clock;
  private final boolean register;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
  private final Map<SubjectAndSchema, Integer> ids = new ConcurrentHashMap<>();
  private final SequencedMap<Integer, Instant> unknownSince = new LinkedHashMap<>();
  private Instant restUntil = Instant.MIN;

  /**
   * Asks nothing yet.
   *
   * @param clock measures how long an unknown id stays unknown
   */
  public RegistrySchemaIds(RegistrySettings settings, InstantSource clock) {
    this.client = new RegistryClient(settings);
    this.clock = clock;
    this.register = settings.register();
  }

  /**
   * {@inheritDoc}
   *
   * @throws SchemaRefused when the registry will not have the schema under this subject
   */
  @Override
  public int idOf(String subject, Schema schema) {
    SubjectAndSchema question = new SubjectAndSchema(subject, schema);
    Integer known = ids.get(question);
    return known != null ? known : askForId(question);
  }

  private synchronized int askForId(SubjectAndSchema question) {
    return restingAfterFailure(
        () -> ids.computeIfAbsent(question, q -> fetchId(q.subject(), q.schema())));
  }

  private int fetchId(String subject, Schema schema) {
    String path = "/subjects/" + segment(subject) + (register ? "/versions" : "");
    Answer answer = client.post(path, body(schema));
    if (!register && isUnknown(answer)) {
      throw new UnknownSchemaId(
          "%s is not registered under %s at %s"
              .formatted(schema.getFullName(), subject, client.url()));
    }
    return expectOk(answer, path).path("id").asInt();
  }

  @Override
  public Schema byId(int id) {
    Schema known = byId.get(id);
    return known != null ? known : askForSchema(id);
  }

  private synchronized Schema askForSchema(int id) {
    if (id < 0 || isKnownToBeUnknown(id)) {
      throw UnknownSchemaId.of(id, client.url().toString());
    }
    return restingAfterFailure(() -> byId.computeIfAbsent(id, this::fetchSchema));
  }

  private Schema fetchSchema(int id) {
    String path = "/schemas/ids/" + id;
    Answer answer = client.get(path);
    if (isUnknown(answer)) {
      rememberUnknown(id);
      throw UnknownSchemaId.of(id, client.url().toString());
    }
    return parsed(id, expectOk(answer, path));
  }

  private static boolean isUnknown(Answer answer) {
    return answer.status() == NOT_FOUND
        && (answer.errorCode() == SCHEMA_UNKNOWN || answer.errorCode() == SUBJECT_UNKNOWN);
  }

  /** A schema we cannot use is as good as unknown: it is not asked for again and again. */
  private Schema parsed(int id, JsonNode body) {
    String type = body.path("schemaType").asText("AVRO");
    boolean whole = body.path("references").isEmpty();
    if (!type.equals("AVRO") || !whole) {
      rememberUnknown(id);
      throw new UnknownSchemaId(
          "schema id %d is of type %s%s, expected Avro in one piece"
              .formatted(id, type, whole ? "" : " with references"));
    }
    try {
      return new Schema.Parser().parse(body.path("schema").asText());
    } catch (SchemaParseException e) {
      rememberUnknown(id);
      throw new UnknownSchemaId("schema id %d is not an Avro schema".formatted(id));
    }
  }

  private boolean isKnownToBeUnknown(int id) {
    Instant since = unknownSince.get(id);
    return since != null && clock.instant().isBefore(since.plus(UNKNOWN_KEPT));
  }

  private void rememberUnknown(int id) {
    unknownSince.remove(id);
    if (unknownSince.size() >= UNKNOWN_MAX) {
      unknownSince.pollFirstEntry();
    }
    unknownSince.put(id, clock.instant());
  }

  /**
   * Whether a registry would take this schema as the subject's next version; true for a subject
   * without versions.
   */
  public boolean isCompatible(String subject, Schema schema) {
    String path = "/compatibility/subjects/" + segment(subject) + "/versions/latest";
    Answer answer = client.post(path, body(schema));
    return answer.status() == NOT_FOUND || expectOk(answer, path).path("is_compatible").asBoolean();
  }

  /** Sets what the registry demands of the subject's next version. */
  public void demand(String subject, Compatibility compatibility) {
    String path = "/config/" + segment(subject);
    ObjectNode body = JSON.objectNode().put("compatibility", compatibility.name());
    expectOk(client.put(path, body), path);
  }

  private JsonNode expectOk(Answer answer, String path) {
    if (answer.isOk()) {
      return answer.body();
    }
    String what = "%s%s answered %s".formatted(client.url(), path, answer.describe());
    if (answer.status() == CONFLICT || answer.status() == UNPROCESSABLE) {
      throw new SchemaRefused(answer.status(), what);
    }
    throw new RegistryUnavailable(what, null);
  }

  private <T> T restingAfterFailure(Supplier<T> question) {
    if (clock.instant().isBefore(restUntil)) {
      throw new RegistryUnavailable(
          "%s gave no answer, next try at %s".formatted(client.url(), restUntil), null);
    }
    try {
      return question.get();
    } catch (RegistryUnavailable e) {
      restUntil = clock.instant().plus(REST);
      throw e;
    }
  }

  private JsonNode body(Schema schema) {
    return JSON.objectNode().put("schema", client.withoutJava(schema).toString());
  }

  private static String segment(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    client.close();
  }
}
