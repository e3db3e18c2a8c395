package io.tillwatch.standalone.evaluate.safety;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tillwatch.standalone.evaluate.safety.RedactionScore.Count;
import io.tillwatch.standalone.evaluate.safety.Verdicts.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of the suite as JSON. */
final class SafetyReport {

  private SafetyReport() {}

  static void write(Path file, Verdicts verdicts) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("passed", verdicts.passed());
    json.put("corpora", verdicts.corpora());
    json.put("redaction", redaction(verdicts.redaction()));
    json.put("injection", injection(verdicts));
    json.put("answers", answers(verdicts));
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
  }

  private static Map<String, Object> redaction(RedactionScore score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", score.lines());
    json.put("marked", score.marked());
    json.put("leaks", score.leaks());
    json.put("mustKeep", score.mustKeep());
    json.put("mustKeepLost", score.mustKeepLost());
    json.put("byType", counts(score.byType()));
    json.put("byFamily", counts(score.byFamily()));
    json.put(
        "failures",
        score.faults().stream()
            .map(fault -> Map.of("id", fault.id(), "family", fault.family(), "saw", fault.what()))
            .toList());
    return json;
  }

  private static Map<String, Object> counts(Map<String, Count> counts) {
    Map<String, Object> json = new LinkedHashMap<>();
    counts.forEach(
        (name, count) -> json.put(name, Map.of("marked", count.all(), "leaks", count.leaked())));
    return json;
  }

  private static Map<String, Object> injection(Verdicts verdicts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", verdicts.orders().lines());
    json.put("asserts", verdicts.orders().checks());
    json.put("failed", verdicts.orders().failures().size());
    json.put("benignBlocked", verdicts.orders().benignBlocked());
    json.put("canaryFields", verdicts.marked());
    json.put("canaryFieldsOnWire", verdicts.onWire().size());
    json.put("fieldsOnWire", verdicts.onWire());
    json.put("failures", failures(verdicts.orders().failures()));
    return json;
  }

  private static Map<String, Object> answers(Verdicts verdicts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lines", verdicts.answers().lines());
    json.put("asserts", verdicts.answers().checks());
    json.put("failed", verdicts.answers().failed());
    json.put("pagedP50Millis", verdicts.answers().paged(50).toMillis());
    json.put("pagedP99Millis", verdicts.answers().paged(99).toMillis());
    json.put("deadlineMillis", SafetySuite.DEADLINE.toMillis());
    json.put("deadlineOfHangsMillis", verdicts.faultDeadline().toMillis());
    json.put("failures", failures(verdicts.answers().failures()));
    return json;
  }

  private static List<Map<String, String>> failures(List<Failure> failures) {
    return failures.stream()
        .map(each -> Map.of("id", each.id(), "assert", each.demand(), "saw", each.saw()))
        .toList();
  }
}
