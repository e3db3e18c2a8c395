package io.tillwatch.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.load.replay.Recount.Count;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.site.SiteApi;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the cube counted, asked for over HTTP as anybody would ask. */
final class CubeCount {

  private static final int GROUPS_MAX = 10_000;

  private final SiteApi api;
  private final EventKind kind;
  private final Instant from;
  private final Instant to;

  /** Counts cells of a kind from one moment until before another. */
  CubeCount(SiteApi api, EventKind kind, Instant from, Instant to) {
    this.api = api;
    this.kind = kind;
    this.from = from;
    this.to = to;
  }

  /** By PSP. */
  Map<String, Count> byPsp() {
    Map<String, Count> counts = new TreeMap<>();
    for (JsonNode cell : cells("psp")) {
      counts.put(value(cell, "psp"), count(cell));
    }
    return counts;
  }

  /** By PSP, then by issuer country. */
  Map<String, Map<String, Count>> byPspAndCountry() {
    Map<String, Map<String, Count>> counts = new TreeMap<>();
    for (JsonNode cell : cells("psp,issuerCountry")) {
      counts
          .computeIfAbsent(value(cell, "psp"), psp -> new TreeMap<>())
          .put(value(cell, "issuerCountry"), count(cell));
    }
    return counts;
  }

  private JsonNode cells(String by) {
    String query =
        "/api/v1/cells?kind=%s&by=%s&from=%s&to=%s&step=all&limit=%d"
            .formatted(kind.name().toLowerCase(Locale.ROOT), by, from, to, GROUPS_MAX);
    return api.get(query)
        .orElseThrow(() -> new IllegalStateException("the cube does not answer " + query))
        .path("cells");
  }

  private static String value(JsonNode cell, String dimension) {
    return cell.path("slice").path(dimension).asText(Slice.NONE);
  }

  private static Count count(JsonNode cell) {
    return new Count(cell.path("events").asLong(), cell.path("successes").asLong());
  }
}
