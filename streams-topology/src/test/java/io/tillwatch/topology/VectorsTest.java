package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RegistryUnavailable;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.ingest.IngestCounts;
import io.tillwatch.topology.ingest.IngestSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of {@code vectors.txt}: a valid event, the vector, a valid event after it. The vector
 * ends as expected, the one after it is counted, and nothing that was written anywhere, changelogs
 * included, holds a card number.
 *
 * <p>Where the corpus that the names come from is at hand, its expectations are compared with ours.
 * Its JSON vectors are for an HTTP door, which there is not.
 */
public class VectorsTest {

  private static final Path CORPUS = Path.of("../../shared/data/security/events.jsonl");
  private static final int LETTER_BYTES_MAX = 65_536;
  private static final int ID_OF_A_REGISTRY_THAT_IS_DOWN = 424_242;

  /** Where the corpus has other words than ours. */
  private static final Map<String, String> OUR_REASONS =
      Map.of(
          "tombstone_on_event_topic", "TOMBSTONE",
          "response_code_format", "RAW_CODE_FORMAT",
          "ts_out_of_range", "TIME_OUT_OF_RANGE",
          "ts_in_future", "TIME_IN_FUTURE");

  /** Card numbers and what is left of one when it is cut; never a BIN of 8 digits. */
  private static final List<String> CARD_NUMBERS = List.of(RefusalsTest.PAN, "411111111111");

  public record Vector(String name, String recipe, String ending) {

    static Vector of(String line) {
      String[] columns = line.split("\\|");
      return new Vector(columns[0].strip(), columns[1].strip(), columns[2].strip());
    }

    boolean isRefused() {
      return !Set.of("ACCEPTED", "ACCEPTED_REDACTED", "DUPLICATE", "CONFLICT", "LATE")
          .contains(ending);
    }

    @Override
    public String toString() {
      return name + ": " + ending;
    }
  }

  public static List<Vector> vectors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Vector::of)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void endsAsExpectedAndTheNextOneIsCounted(Vector vector) throws IOException {
    try (Driven driven = new Driven(settings(), new RegistryThatIsDown())) {
      driven.auth(driven.step("before"));
      List<TestRecord<byte[], byte[]>> made = Made.from(driven, vector.recipe());
      boolean capture = vector.recipe().equals("capture-first");
      made.forEach(r -> driven.sendRaw(driven.topics.auth(), r));
      if (capture) {
        driven.sendRaw(driven.topics.capture(), Made.capture(driven));
      }
      driven.auth(driven.step("after"));
      assertCounts(vector, made.size(), driven.counts(EventKind.AUTH), driven);
      assertThat(driven.counts(EventKind.CAPTURE).accepted()).isEqualTo(capture ? 1 : 0);
      assertWritten(vector, driven);
    }
  }

  private static void assertCounts(Vector vector, int sent, IngestCounts counts, Driven driven) {
    boolean accepted = !vector.isRefused() && !vector.ending().equals("LATE");
    boolean repeated = vector.ending().equals("DUPLICATE") || vector.ending().equals("CONFLICT");
    assertThat(counts.received()).isEqualTo(2L + sent);
    assertThat(counts.accepted()).isEqualTo(accepted ? 3 : 2);
    assertThat(counts.duplicates()).isEqualTo(repeated ? sent - 1 : 0);
    assertThat(counts.conflicts()).isEqualTo(vector.ending().equals("CONFLICT") ? 1 : 0);
    assertThat(counts.late()).isEqualTo(vector.ending().equals("LATE") ? 1 : 0);
    assertThat(counts.deadLettered()).isEqualTo(vector.isRefused() ? 1 : 0);
    assertThat(counts.redacted()).isEqualTo(vector.ending().endsWith("REDACTED") ? 1 : 0);
    assertThat(driven.totals(EventKind.AUTH, Set.of()).get(Slice.TOTAL).events())
        .isEqualTo(counts.accepted());
    if (!accepted) {
      assertThat(counts.maxEventTimeMillis()).isEqualTo(driven.now().toEpochMilli());
    }
  }

  private static void assertWritten(Vector vector, Driven driven) {
    Map<String, List<TestRecord<byte[], byte[]>>> written = driven.drainAll();
    String letterTopic = driven.topics.deadLetters().name();
    List<TestRecord<byte[], byte[]>> letters = written.getOrDefault(letterTopic, List.of());
    assertThat(letters)
        .extracting(r -> letter(driven, r).getReason().name())
        .isEqualTo(vector.isRefused() ? List.of(vector.ending()) : List.of());
    assertThat(letters).allSatisfy(r -> assertThat(r.value()).hasSizeLessThan(LETTER_BYTES_MAX));
    assertThat(written.keySet()).anyMatch(topic -> topic.endsWith("-changelog"));
    written.forEach((topic, records) ->
        assertThat(records)
            .as("card numbers on %s", topic)
            .noneMatch(r ->
                holdsCard(r.key()) || holdsCard(r.value()) || r.headers().toArray().length > 0));
  }

  private static DeadLetter letter(Driven driven, TestRecord<byte[], byte[]> record) {
    return driven.topics.deadLetters().valueSerde().deserializer().deserialize("", record.value());
  }

  private static boolean holdsCard(byte[] bytes) {
    String text = bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    return CARD_NUMBERS.stream().anyMatch(text::contains);
  }

  private static TopologySettings settings() {
    TopologySettings d = Driven.settings();
    IngestSettings i = d.ingest();
    IngestSettings registered =
        new IngestSettings(
            i.allowedLateness(),
            i.dedupe(),
            i.futureSkew(),
            Set.of("northpay", "southpay"),
            Set.of("eu-west"),
            i.currencies(),
            i.hashKey());
    return new TopologySettings(
        d.tenant(),
        d.applicationId(),
        d.paymentPartitions(),
        registered,
        d.combine(),
        d.cube(),
        d.watch(),
        d.runtime());
  }

  /** The embedded ids, and one that nobody can be asked about. */
  private static final class RegistryThatIsDown implements SchemaIds {
    private final SchemaIds ids = EmbeddedSchemaIds.load();

    @Override
    public int idOf(String subject, Schema schema) {
      return ids.idOf(subject, schema);
    }

    @Override
    public Schema byId(int id) {
      if (id == ID_OF_A_REGISTRY_THAT_IS_DOWN) {
        throw new RegistryUnavailable("the registry answers 503", null);
      }
      return ids.byId(id);
    }
  }

  @Test
  void theCorpusExpectsTheSame() throws IOException {
    Map<String, String> ours = new LinkedHashMap<>();
    vectors().forEach(vector -> ours.put(vector.name(), vector.ending()));
    Map<String, String> theirs = new LinkedHashMap<>();
    for (JsonNode vector : corpus(v -> v.path("format").asText().equals("avro"))) {
      theirs.put(vector.path("name").asText(), ending(vector.path("expect")));
    }
    assertThat(ours).containsAllEntriesOf(theirs);
  }

  /** The vectors of the corpus; none where it is not at hand. */
  private static List<JsonNode> corpus(Predicate<JsonNode> wanted) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> vectors = new ArrayList<>();
    for (String line : Files.exists(CORPUS) ? Files.readAllLines(CORPUS) : List.<String>of()) {
      JsonNode vector = json.readTree(line);
      if (wanted.test(vector)) {
        vectors.add(vector);
      }
    }
    return vectors;
  }

  private static String ending(JsonNode expect) {
    String reason = expect.path("reason").asText();
    return switch (expect.path("disposition").asText()) {
      case "ACCEPT" -> "ACCEPTED";
      case "ACCEPT_REDACTED" -> "ACCEPTED_REDACTED";
      case "DROP_LATE" -> "LATE";
      case "DEDUP" -> reason.equals("conflict") ? "CONFLICT" : "DUPLICATE";
      case "DLQ", "RETRY_THEN_DLQ" ->
          OUR_REASONS.getOrDefault(reason, reason.toUpperCase(Locale.ROOT));
      default -> throw new IllegalArgumentException("no such ending: " + expect);
    };
  }
}
