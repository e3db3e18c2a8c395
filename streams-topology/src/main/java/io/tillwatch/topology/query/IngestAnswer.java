package io.tillwatch.topology.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.ingest.IngestCounts;
import io.tillwatch.topology.query.CubeQueries.IngestShare;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of every record read: received = accepted + duplicates + late + deadLettered.
 *
 * @param received records read
 * @param accepted counted in a cell
 * @param duplicates repeated an event id
 * @param late too late for their minute
 * @param deadLettered refused at the door
 * @param byKind the same by kind of event
 * @param partitions partitions of the payment topics that are counted
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
    Map<String, Counts> byKind,
    List<Integer> partitions) {

  static IngestAnswer of(IngestShare share) {
    IngestCounts sum = IngestCounts.NONE;
    Map<String, Counts> shown = new LinkedHashMap<>();
    for (EventKind kind : EventKind.values()) {
      IngestCounts counts = share.byKind().getOrDefault(kind, IngestCounts.NONE);
      sum = sum.plus(counts);
      shown.put(Parameters.label(kind), Counts.of(counts));
    }
    return new IngestAnswer(
        sum.received(),
        sum.accepted(),
        sum.duplicates(),
        sum.late(),
        sum.deadLettered(),
        shown,
        List.copyOf(new TreeSet<>(share.partitions())));
  }

  /** The same as a share of what all instances have counted. */
  IngestShare share() {
    Map<EventKind, IngestCounts> counts = new EnumMap<>(EventKind.class);
    for (EventKind kind : EventKind.values()) {
      Counts c = byKind.get(Parameters.label(kind));
      if (c != null) {
        counts.put(kind, c.counts());
      }
    }
    return new IngestShare(Set.copyOf(partitions), counts);
  }

  /** Records of one kind by what became of them. */
  @Serdeable
  record Counts(long received, long accepted, long duplicates, long late, long deadLettered) {

    IngestCounts counts() {
      return new IngestCounts(accepted, duplicates, late, deadLettered, 0, 0, 0);
    }

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
