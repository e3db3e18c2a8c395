package io.tillwatch.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Cleanup;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** The tables of README.md are what the code says; a failing test shows the text to paste. */
class ReadmeTest {

  /** No payment topic is made with so many: stands for the number a site chooses. */
  private static final int CHOSEN = 4711;

  private final EmbeddedSchemaIds ids = EmbeddedSchemaIds.load();
  private final List<Topic<?, ?>> topics = Topics.with(ids, CHOSEN).all();

  @Test
  void everyTopicIsInTheReadmeAsItIsInTheCatalogue() throws IOException {
    String rows = topics.stream().map(this::row).collect(Collectors.joining("\n"));
    assertThat(section("topics"))
        .isEqualTo(
            """
            | topic | value | partitions | kept | what |
            |---|---|---|---|---|
            """
                + rows);
  }

  private String row(Topic<?, ?> topic) {
    Class<?> type = ((AvroSerde<?>) topic.valueSerde()).type();
    String partitions = topic.partitions() == CHOSEN ? "P" : Integer.toString(topic.partitions());
    String kept =
        topic.cleanup() == Cleanup.COMPACT
            ? "newest of each key"
            : topic.retention().toDays() + " d";
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(topic.name(), type.getSimpleName(), partitions, kept, sentence(type));
  }

  private static String sentence(Class<?> type) {
    Schema schema = SpecificData.get().getSchema(type);
    String doc = schema.getDoc();
    return doc.substring(0, doc.indexOf('.') + 1);
  }

  @Test
  void everySchemaVersionIsInTheReadmeWithItsId() throws IOException {
    List<String> rows =
        TestFiles.lines("/io/tillwatch/schemas/ids.txt")
            .map(line -> line.split("\\s+"))
            .map(word -> "| %s | %s | %s |".formatted(word[0], word[1], word[2]))
            .toList();
    assertThat(section("schemas"))
        .isEqualTo("| id | schema | version |\n|---|---|---|\n" + String.join("\n", rows));
  }

  @Test
  void everySettingIsInTheReadmeAndNoOther() throws IOException {
    Settings settings = Settings.load(null, Map.of(), Map.of());
    KafkaConnection.from(settings);
    ConfiguredSchemas.from(settings, InstantSource.system());
    List<String> documented =
        Pattern.compile("^\\| `((?:kafka|schemas)[^*`]+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    List<String> asked = settings.keys().stream().filter(key -> !key.endsWith("-file")).toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(asked);
  }

  private static String section(String name) throws IOException {
    String text = Files.readString(Path.of("README.md"));
    String begin = "<!-- %s -->\n".formatted(name);
    String end = "\n<!-- end of %s -->".formatted(name);
    assertThat(text).contains(begin).contains(end);
    return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
  }
}
