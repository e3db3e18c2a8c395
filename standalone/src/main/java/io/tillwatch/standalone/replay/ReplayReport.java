package io.tillwatch.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.load.replay.Recount.Count;
import io.tillwatch.load.replay.ReplayCounts;
import io.tillwatch.standalone.site.SiteApi.Ingested;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a file, for programs: the rows, the outcomes of this run's records, and the cube's
 * totals beside a plain recount of the file.
 *
 * @param file what was replayed
 * @param rows how its rows went
 * @param ingested outcomes of the records of this run alone
 * @param cube totals of the cube, all runs on this data folder together
 * @param recount totals of the file
 * @param incidents what was found in it
 */
record ReplayReport(
    Path file,
    ReplayCounts rows,
    Ingested ingested,
    Totals cube,
    Totals recount,
    List<JsonNode> incidents) {

  /** Attempts and approved, by PSP and by PSP and issuer country. */
  record Totals(Map<String, Count> byPsp, Map<String, Map<String, Count>> byPspAndCountry) {

    static final Totals NONE = new Totals(Map.of(), Map.of());

    private List<Map<String, Object>> pspRows() {
      List<Map<String, Object>> rows = new ArrayList<>();
      byPsp.forEach((psp, count) -> rows.add(row(count, "psp", psp)));
      return rows;
    }

    private List<Map<String, Object>> countryRows() {
      List<Map<String, Object>> rows = new ArrayList<>();
      byPspAndCountry.forEach((psp, countries) ->
          countries.forEach(
              (country, count) -> rows.add(row(count, "psp", psp, "country", country))));
      return rows;
    }

    private static Map<String, Object> row(Count count, String... labelsAndValues) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < labelsAndValues.length; i += 2) {
        row.put(labelsAndValues[i], labelsAndValues[i + 1]);
      }
      row.putAll(count.toMap());
      return row;
    }
  }

  /** Whether the cube holds exactly what the file says. */
  boolean equal() {
    return cube.equals(recount);
  }

  void write(Path target) throws IOException {
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(target.toFile(), toMap());
  }

  private Map<String, Object> toMap() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("file", file.getFileName().toString());
    root.put("rows", rows.rows());
    root.put("badRows", rows.badRows());
    root.put("problems", rows.problems());
    root.put("events", ingested.received());
    root.put("accepted", ingested.accepted());
    root.put("duplicates", ingested.duplicates());
    root.put("late", ingested.late());
    root.put("deadLettered", ingested.deadLettered());
    root.put("totalsByPsp", cube.pspRows());
    root.put("totalsByPspAndCountry", cube.countryRows());
    root.put("fileTotalsByPsp", recount.pspRows());
    root.put("fileTotalsByPspAndCountry", recount.countryRows());
    root.put("equal", equal());
    root.put("incidents", incidents);
    return root;
  }
}
