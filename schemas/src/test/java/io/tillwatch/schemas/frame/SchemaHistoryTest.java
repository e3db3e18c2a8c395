package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tillwatch.schemas.cube.CellBlock;
import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds.Entry;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: every record ever written stays readable, by old and new programs alike. Method: each
 * schema version is checked in; the compiled one must be the newest, and all must read each other.
 */
class SchemaHistoryTest {

  private static final EmbeddedSchemaIds IDS = EmbeddedSchemaIds.load();

  private static Map<String, List<Entry>> versions() {
    return EmbeddedSchemaIds.entries().stream()
        .collect(Collectors.groupingBy(Entry::name, TreeMap::new, Collectors.toList()));
  }

  static Stream<List<Entry>> history() {
    return versions().values().stream();
  }

  @ParameterizedTest
  @MethodSource("history")
  void theCompiledSchemaIsTheNewestVersion(List<Entry> entries)
      throws ClassNotFoundException, IOException {
    Entry newest = entries.getLast();
    Schema recorded = IDS.byId(newest.id());
    Schema compiled = SpecificData.get().getSchema(Class.forName(recorded.getFullName()));
    if (!compiled.equals(recorded)) {
      Entry next = new Entry(nextId(), newest.name(), newest.version() + 1);
      Path file = Path.of("target", "history", next.name(), "v" + next.version() + ".avsc");
      Files.createDirectories(file.getParent());
      Files.writeString(file, SchemaFormatter.format("json/pretty", compiled) + "\n");
      fail(
          "%s differs from its version %d. Append '%d %s v%d' to ids.txt and copy %s to %s"
              .formatted(
                  next.name(),
                  newest.version(),
                  next.id(),
                  next.name(),
                  next.version(),
                  file,
                  "src/main/resources" + next.resource()));
    }
  }

  private static int nextId() {
    return EmbeddedSchemaIds.entries().stream().mapToInt(Entry::id).max().orElse(0) + 1;
  }

  @ParameterizedTest
  @MethodSource("history")
  void everyVersionReadsEveryOther(List<Entry> entries) {
    for (Entry reader : entries) {
      for (Entry writer : entries) {
        var result =
            SchemaCompatibility.checkReaderWriterCompatibility(
                IDS.byId(reader.id()), IDS.byId(writer.id()));
        assertThat(result.getType())
            .as("%s written by %s: %s", reader, writer, result.getDescription())
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("history")
  void versionsCountUpFromOne(List<Entry> entries) {
    assertThat(entries.stream().map(Entry::version))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, entries.size()).boxed().toList());
  }

  @Test
  void idsAreUnique() {
    assertThat(EmbeddedSchemaIds.entries().stream().map(Entry::id)).doesNotHaveDuplicates();
  }

  @Test
  void everyTypeThatTravelsHasAnId() {
    Stream<String> onTopics =
        Topics.with(IDS, 1).all().stream().map(SchemaHistoryTest::valueTypeName);
    Stream<String> within = Stream.of(CellBlock.class, CellTotals.class).map(Class::getSimpleName);
    assertThat(versions().keySet())
        .containsExactlyInAnyOrderElementsOf(Stream.concat(onTopics, within).toList());
  }

  private static String valueTypeName(Topic<?, ?> topic) {
    return ((AvroSerde<?>) topic.valueSerde()).type().getSimpleName();
  }
}
