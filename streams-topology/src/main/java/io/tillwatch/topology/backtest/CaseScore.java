package io.tillwatch.topology.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers against the labels of their cases: cells are right when they are named exactly; counts
 * are summed over a set of cases, which is a folder below the one that was given.
 *
 * @param exact share of cases whose set of cells is right
 */
record CaseScore(
    int cases,
    double precision,
    double recall,
    double f1,
    double exact,
    @Nullable Double millisMedian) {

  private static final String LABELS = "injection_info.csv";

  /** Scores by set, in order; none without labels. */
  static Map<String, CaseScore> of(List<LocaliseCommand.Answer> answers, Path folder)
      throws IOException {
    Map<String, LocaliseCommand.Answer> byName = new HashMap<>();
    answers.forEach(answer -> byName.put(answer.name(), answer));
    Map<String, Counts> counts = new TreeMap<>();
    List<Path> labels;
    try (Stream<Path> files = Files.walk(folder)) {
      labels = files.filter(file -> file.endsWith(LABELS)).sorted().toList();
    }
    for (Path file : labels) {
      Path below = folder.relativize(file.getParent());
      String prefix = below.toString().replace('\\', '/');
      String set = prefix.isEmpty() ? "." : below.getName(0).toString();
      try (Recording.Lines lines = new Recording.Lines(file)) {
        int name = lines.header().indexOf("timestamp");
        int truth = lines.header().indexOf("set");
        if (name < 0 || truth < 0) {
          throw lines.wrong("expected the columns 'timestamp' and 'set'");
        }
        for (String[] row = lines.next(); row != null; row = lines.next()) {
          String path = prefix.isEmpty() ? row[name] : prefix + "/" + row[name];
          counts
              .computeIfAbsent(set, s -> new Counts())
              .add(Arrays.asList(row[truth].split(";", -1)), byName.get(path));
        }
      }
    }
    Map<String, CaseScore> scores = new TreeMap<>();
    counts.forEach((set, of) -> scores.put(set, of.score()));
    return scores;
  }

  /** Cells named and not named. */
  private static final class Counts {

    private int cases;
    private int right;
    private int said;
    private int wanted;
    private int exact;
    private final List<Double> millis = new ArrayList<>();

    void add(List<String> labelled, LocaliseCommand.@Nullable Answer answer) {
      Set<String> truth = labelled.stream().map(Places::sorted).collect(Collectors.toSet());
      Set<String> named = new HashSet<>();
      if (answer != null) {
        answer.rootCauses().stream().map(Places::sorted).forEach(named::add);
        millis.add(answer.millis());
      }
      cases++;
      said += named.size();
      wanted += truth.size();
      exact += truth.equals(named) ? 1 : 0;
      right += (int) named.stream().filter(truth::contains).count();
    }

    CaseScore score() {
      return new CaseScore(
          cases,
          (double) right / Math.max(1, said),
          (double) right / Math.max(1, wanted),
          2.0 * right / Math.max(1, said + wanted),
          (double) exact / cases,
          median());
    }

    private @Nullable Double median() {
      if (millis.isEmpty()) {
        return null;
      }
      List<Double> sorted = millis.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }
}
