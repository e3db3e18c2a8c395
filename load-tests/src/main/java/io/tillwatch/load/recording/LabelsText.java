package io.tillwatch.load.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code labels.json}: what really happens in a recording. */
final class LabelsText {

  private LabelsText() {}

  static String of(RecordingSettings settings, Cube cube, List<PlannedEvent> events) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("minutes", settings.minutes());
    root.put("warmup_minutes", settings.warmUpMinutes());
    root.put("minute0", "Monday 00:00 UTC");
    root.put("dims", Cube.DIMENSIONS);
    List<Map<String, Object>> list = new ArrayList<>();
    for (PlannedEvent event : events) {
      list.add(event(list.size(), event, cube));
    }
    root.put("events", list);
    // The same line ends on every machine.
    DefaultIndenter lines = new DefaultIndenter(" ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(lines);
    printer.indentObjectsWith(lines);
    try {
      return JsonMapper.builder().build().writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
    }
  }

  private static Map<String, Object> event(int id, PlannedEvent event, Cube cube) {
    List<Cell> causes = event.cast().causes();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("cls", event.kind().role().label());
    map.put("type", event.kind().label());
    map.put("start", event.start());
    map.put("end", event.end());
    map.put(
        "root_cause",
        causes.stream().map(cell -> cell.text(cube)).collect(Collectors.joining(";")));
    map.put("causes", causes.stream().map(cell -> cell.toMap(cube)).toList());
    map.put("params", new TreeMap<>(event.cast().parameters()));
    return map;
  }
}
