package io.tillwatch.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.topology.cube.CubeBoard;
import io.tillwatch.topology.cube.CubeMetrics;
import io.tillwatch.topology.delivery.Backlog;
import io.tillwatch.topology.ingest.IngestMetrics;
import io.tillwatch.topology.rulebook.PlanInForce;
import java.time.InstantSource;

/**
 * What a topology sees of the process it runs in.
 *
 * @param clock the time that events must not be ahead of; the system's, or a simulated one
 * @param readers how payment events are read
 * @param board where its tasks say what did worst
 * @param backlog where its consumers say how far they are
 * @param plans what the next minutes are judged by
 */
public record Surroundings(
    InstantSource clock,
    RecordReaders readers,
    IngestMetrics ingestMetrics,
    CubeMetrics cubeMetrics,
    CubeBoard board,
    Backlog backlog,
    PlanInForce plans) {

  /** Surroundings with metrics in that registry. */
  public static Surroundings with(
      InstantSource clock, RecordReaders readers, MeterRegistry registry) {
    return new Surroundings(
        clock,
        readers,
        new IngestMetrics(registry),
        new CubeMetrics(registry),
        new CubeBoard(),
        new Backlog(),
        new PlanInForce());
  }
}
