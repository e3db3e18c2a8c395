package io.tillwatch.standalone.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tillwatch.load.bench.machine.Machine;
import io.tillwatch.standalone.evaluate.Scores.Band;
import io.tillwatch.standalone.evaluate.Scores.OfClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures as JSON. Those at the top are of the first telling, {@code atEnd} has the others. */
final class EvaluateReport {

  private EvaluateReport() {}

  static void write(Path file, Evaluation evaluation, String cases, Author.Spent spent)
      throws IOException, InterruptedException {
    Map<String, Object> json = figures(evaluation.told());
    json.put("perCase", perCase(evaluation));
    json.put("atEnd", figures(evaluation.ended()));
    json.put("of", cases);
    json.put("built", evaluation.told().built());
    json.put(
        "latencyMillis",
        Map.of(
            "p50",
            millis(evaluation, 50),
            "p99",
            millis(evaluation, 99),
            "max",
            millis(evaluation, 100)));
    json.put("modelCalls", spent.calls());
    json.put("inputTokens", spent.inputTokens());
    json.put("outputTokens", spent.outputTokens());
    json.put("costMicros", spent.costMicros());
    json.put("commit", Machine.commit());
    json.put("machine", Runtime.getRuntime().availableProcessors() + " processors");
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
  }

  private static double millis(Evaluation evaluation, int percent) {
    return round(evaluation.percentile(percent).toNanos() / 1e6);
  }

  private static Map<String, Object> figures(Scores scores) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cases", scores.marks().size());
    json.put("classMicroF1", round(scores.classMicroF1()));
    json.put("classMacroF1", round(scores.classMacroF1()));
    json.put("ownerAccuracy", round(scores.ownerAccuracy()));
    json.put("causeTop1", round(scores.causeTop(1)));
    json.put("causeTop3", round(scores.causeTop(3)));
    json.put("uncitedShown", scores.uncitedShown());
    json.put("abstained", scores.abstained());
    json.put("brier", round(scores.brier()));
    json.put("confidentWrong", scores.wrong());
    json.put("none", scores.none());
    json.put("placeAccuracy", round(scores.placeAccuracy()));
    json.put("usefulness", round(scores.usefulness()));
    Map<String, Object> classes = new LinkedHashMap<>();
    scores.byClass().forEach((word, each) -> classes.put(word, ofClass(each)));
    json.put("classes", classes);
    json.put("confusion", scores.confusion());
    json.put("calibration", scores.calibration().stream().map(EvaluateReport::band).toList());
    Map<String, Object> byClass = new LinkedHashMap<>();
    scores.calibrationByClass().forEach((word, each) -> byClass.put(word, band(each)));
    json.put("calibrationByClass", byClass);
    return json;
  }

  private static Map<String, Object> ofClass(OfClass each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("happened", each.happened());
    json.put("precision", round(each.precision()));
    json.put("recall", round(each.recall()));
    json.put("f1", round(each.f1()));
    return json;
  }

  private static Map<String, Object> band(Band band) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", band.from());
    json.put("count", band.count());
    json.put("confidence", round(band.confidence()));
    json.put("right", round(band.right()));
    return json;
  }

  private static List<Map<String, Object>> perCase(Evaluation evaluation) {
    List<Map<String, Object>> cases = new ArrayList<>();
    for (int i = 0; i < evaluation.told().marks().size(); i++) {
      Mark told = evaluation.told().marks().get(i);
      Mark ended = evaluation.ended().marks().get(i);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", told.golden().id());
      json.put("truth", told.truth());
      json.put("answer", told.answer().word());
      json.put("confidence", told.answer().confidence());
      json.put("answerAtEnd", ended.answer().word());
      json.put("cause", told.label().cause());
      json.put("placeRight", told.rightPlace());
      json.put("ownerRight", told.rightOwner());
      json.put("usefulness", told.usefulness());
      json.put("source", Label.word(told.golden().source()));
      json.put("noise", told.golden().noise());
      cases.add(json);
    }
    return cases;
  }

  private static double round(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
