package io.tillwatch.standalone.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How good the answers at one moment are.
 *
 * <p>Each case has one truth and one answer, and {@code none} is an answer, so that the micro-F1 is
 * the share of right ones. The macro-F1 is the mean over the classes that happened. Confidence is
 * judged where a class is named: unknown claims nothing.
 */
record Scores(List<Mark> marks) {

  /** Confidence from here on and below the next. */
  private static final double[] BANDS = {0, 0.4, 0.6, 0.7, 0.8, 0.9};

  Scores {
    marks = List.copyOf(marks);
  }

  /** Precision, recall and their harmonic mean of one class, 0 when nothing is right. */
  record OfClass(int happened, int answered, int right) {
    double precision() {
      return answered == 0 ? 0 : (double) right / answered;
    }

    double recall() {
      return happened == 0 ? 0 : (double) right / happened;
    }

    double f1() {
      return happened + answered == 0 ? 0 : 2.0 * right / (happened + answered);
    }
  }

  /**
   * Answers that claim to be about as sure.
   *
   * @param from least confidence
   * @param count how many
   * @param confidence mean of what they claim
   * @param right share of them that is right
   */
  record Band(double from, int count, double confidence, double right) {}

  /** Those of one seed alone. */
  Scores of(long seed) {
    return new Scores(marks.stream().filter(mark -> mark.golden().seed() == seed).toList());
  }

  double classMicroF1() {
    return share(Mark::rightClass);
  }

  double classMacroF1() {
    return byClass().values().stream()
        .filter(each -> each.happened() > 0)
        .mapToDouble(OfClass::f1)
        .average()
        .orElse(0);
  }

  double ownerAccuracy() {
    return share(Mark::rightOwner);
  }

  double placeAccuracy() {
    return share(Mark::rightPlace);
  }

  double causeTop(int most) {
    return share(mark -> mark.topCause(most));
  }

  double usefulness() {
    return marks.stream().mapToInt(Mark::usefulness).average().orElse(0);
  }

  int uncitedShown() {
    return marks.stream().mapToInt(Mark::uncited).sum();
  }

  int abstained() {
    return count(Mark::abstains);
  }

  int wrong() {
    return count(Mark::wrong);
  }

  int none() {
    return count(mark -> mark.answer().isNone());
  }

  /** Cases whose bursts are written by code. */
  int built() {
    return count(mark -> mark.golden().source() == GoldenCase.Source.BUILT);
  }

  double brier() {
    return marks.stream().filter(Mark::claims).mapToDouble(Mark::brier).average().orElse(0);
  }

  SortedMap<String, OfClass> byClass() {
    TreeSet<String> words = new TreeSet<>();
    for (Mark mark : marks) {
      words.add(mark.truth());
      words.add(mark.answer().word());
    }
    words.remove(Answer.NONE);
    SortedMap<String, OfClass> classes = new TreeMap<>();
    for (String word : words) {
      classes.put(
          word,
          new OfClass(
              count(mark -> mark.truth().equals(word)),
              count(mark -> mark.answer().word().equals(word)),
              count(mark -> mark.truth().equals(word) && mark.rightClass())));
    }
    return classes;
  }

  /** How often what was told as what, by truth and answer. */
  SortedMap<String, SortedMap<String, Integer>> confusion() {
    SortedMap<String, SortedMap<String, Integer>> table = new TreeMap<>();
    for (Mark mark : marks) {
      table
          .computeIfAbsent(mark.truth(), truth -> new TreeMap<>())
          .merge(mark.answer().word(), 1, Integer::sum);
    }
    return table;
  }

  /** What confidence is worth; bands that nothing falls into are left out. */
  List<Band> calibration() {
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i < BANDS.length; i++) {
      double from = BANDS[i];
      double to = i + 1 < BANDS.length ? BANDS[i + 1] : Double.MAX_VALUE;
      band(
          from,
          mark -> mark.answer().confidence() >= from && mark.answer().confidence() < to,
          bands);
    }
    return bands;
  }

  /** The same by the class that was named. */
  Map<String, Band> calibrationByClass() {
    Map<String, Band> classes = new LinkedHashMap<>();
    for (String word : byClass().keySet()) {
      List<Band> one = new ArrayList<>();
      band(0, mark -> mark.answer().word().equals(word), one);
      one.forEach(band -> classes.put(word, band));
    }
    return classes;
  }

  private void band(double from, Predicate<Mark> within, List<Band> to) {
    List<Mark> found = marks.stream().filter(Mark::claims).filter(within).toList();
    if (!found.isEmpty()) {
      to.add(
          new Band(
              from,
              found.size(),
              found.stream().mapToDouble(mark -> mark.answer().confidence()).average().orElse(0),
              (double) found.stream().filter(Mark::rightClass).count() / found.size()));
    }
  }

  private int count(Predicate<Mark> which) {
    return (int) marks.stream().filter(which).count();
  }

  private double share(Predicate<Mark> which) {
    return marks.isEmpty() ? 0 : (double) count(which) / marks.size();
  }
}
