package io.tillwatch.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.load.scenario.Truth;
import io.tillwatch.standalone.site.SiteApi.Ingested;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the demo found, for programs: every event in exactly one outcome, what really happened, and
 * the incidents as the API serves them.
 *
 * @param seed everything follows from it
 * @param speed simulated seconds per second of live traffic
 * @param readyAfter from the start of the process until live traffic was on
 * @param ingested tallies of the door
 * @param truth what the scenario did
 * @param incidents what Tillwatch made of it
 * @param noise how much became how little
 * @param verdict how the two compare
 */
record DemoReport(
    long seed,
    double speed,
    Duration readyAfter,
    Ingested ingested,
    Truth truth,
    List<JsonNode> incidents,
    Noise noise,
    Verdict verdict) {

  void write(Path file) throws IOException {
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), toMap());
  }

  Map<String, Object> toMap() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("seed", seed);
    root.put("speed", speed);
    root.put("readyAfterSeconds", readyAfter.toMillis() / 1000.0);
    root.put("events", ingested.received());
    root.put("accepted", ingested.accepted());
    root.put("duplicates", ingested.duplicates());
    root.put("late", ingested.late());
    root.put("deadLettered", ingested.deadLettered());
    root.put("truth", truth.incidents().stream().map(Truth.Happening::toMap).toList());
    root.put("traps", truth.traps().stream().map(Truth.Happening::toMap).toList());
    root.put("incidents", incidents);
    root.put("anomalies", noise.anomalies());
    root.put("bursts", noise.bursts());
    root.put("noiseReduction", Math.round(noise.reduction() * 10_000) / 10_000.0);
    return root;
  }
}
