package io.tillwatch.load.scenario;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.load.model.Disturbance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What really happened.
 *
 * @param incidents what should be found
 * @param traps what should not be
 */
public record Truth(List<Happening> incidents, List<Happening> traps) {

  /**
   * One thing that happened.
   *
   * @param scope values by dimension label
   */
  public record Happening(String type, Instant start, Instant end, Map<String, String> scope) {

    static Happening of(Disturbance disturbance) {
      return new Happening(
          disturbance.type().label(),
          Instant.ofEpochMilli(disturbance.startMillis()),
          Instant.ofEpochMilli(disturbance.endMillis()),
          disturbance.slice().toMap());
    }

    /** As in reports: {@code type}, {@code start}, {@code end}, {@code scope}. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", type);
      map.put("start", start.toString());
      map.put("end", end.toString());
      map.put("scope", scope);
      return map;
    }
  }

  static Truth of(List<Disturbance> disturbances) {
    return new Truth(happenings(disturbances, false), happenings(disturbances, true));
  }

  private static List<Happening> happenings(List<Disturbance> disturbances, boolean traps) {
    return disturbances.stream()
        .filter(disturbance -> disturbance.type().isTrap() == traps)
        .map(Happening::of)
        .toList();
  }

  /** What had begun before a moment. */
  public Truth before(Instant moment) {
    return new Truth(
        incidents.stream().filter(each -> each.start.isBefore(moment)).toList(),
        traps.stream().filter(each -> each.start.isBefore(moment)).toList());
  }

  /** What began at a moment or later. */
  public Truth from(Instant moment) {
    return new Truth(
        incidents.stream().filter(each -> !each.start.isBefore(moment)).toList(),
        traps.stream().filter(each -> !each.start.isBefore(moment)).toList());
  }

  /** Writes {@code {"truth":[…],"traps":[…]}}. */
  public void write(Path file) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("truth", incidents.stream().map(Happening::toMap).toList());
    root.put("traps", traps.stream().map(Happening::toMap).toList());
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file.toFile(), root);
  }
}
