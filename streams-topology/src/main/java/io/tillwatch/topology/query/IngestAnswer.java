package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.query.CubeQueries.IngestCounts;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of every record read: received = accepted + duplicates + late + deadLettered.
 *
 * @param received records read
 * @param accepted counted in a cell
 * @param duplicates repeated an event id
 * @param late too late for their minute
 * @param deadLettered refused at the door
 * @param byKind the same by kind of event
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Ingest")
record IngestAnswer(
    long received,
    long accepted,
    long duplicates,
    long late,
    long deadLettered,
    Map<String, Counts> byKind) {

  static IngestAnswer of(Map<EventKind, IngestCounts> byKind) {
    IngestCounts sum = IngestCounts.NONE;
    Map<String, Counts> shown = new LinkedHashMap<>();
    for (EventKind kind : EventKind.values()) {
      IngestCounts counts = byKind.getOrDefault(kind, IngestCounts.NONE);
      sum = sum.plus(counts);
      shown.put(Parameters.label(kind), Counts.of(counts));
    }
    return new IngestAnswer(
        sum.received(), sum.accepted(), sum.duplicates(), sum.late(), sum.deadLettered(), shown);
  }

  /** The counts again, as another instance's share. */
  Map<EventKind, IngestCounts> counts() {
    Map<EventKind, IngestCounts> counts = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      Counts c = byKind.get(Parameters.label(kind));
      if (c != null) {
        counts.put(
            kind, new IngestCounts(c.accepted(), c.duplicates(), c.late(), c.deadLettered()));
      }
    }
    return counts;
  }

  /** Records of one kind by what became of them. */
  @Serdeable
  record Counts(long received, long accepted, long duplicates, long late, long deadLettered) {

    static Counts of(IngestCounts counts) {
      return new Counts(
          counts.received(),
          counts.accepted(),
          counts.duplicates(),
          counts.late(),
          counts.deadLettered());
    }
  }
}
