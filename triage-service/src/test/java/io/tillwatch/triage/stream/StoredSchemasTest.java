package io.tillwatch.triage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.triage.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class StoredSchemasTest {

  /** A schema that is not on file cannot be read back after the next upgrade. */
  @Test
  void theSchemaThatIsWrittenIsTheLatestOnFile() {
    String current = SchemaNormalization.toParsingForm(DeskEntry.getClassSchema());
    Path next = keep(current);
    assertThat(StoredSchemas.load(StoredSchemas.VERSIONS.getLast()))
        .as("add %s as the next desk-entry version", next)
        .satisfies(
            latest -> assertThat(SchemaNormalization.toParsingForm(latest)).isEqualTo(current));
  }

  @Test
  void entriesComeBackAsTheyWere() {
    DeskEntry entry =
        DeskEntry.newBuilder()
            .setIncidentCase(
                IncidentCase.newBuilder()
                    .setIncident(Samples.incident("INC-A").build())
                    .setBursts(List.of())
                    .build())
            .build();
    DeskEntrySerde serde = new DeskEntrySerde();
    byte[] bytes = serde.serializer().serialize("desk", entry);
    assertThat(serde.deserializer().deserialize("desk", bytes)).isEqualTo(entry);
    assertThat(serde.deserializer().deserialize("desk", null)).isNull();
  }

  private static Path keep(String schema) {
    Path file = Path.of("target", "desk-entry.avsc");
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, schema + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
