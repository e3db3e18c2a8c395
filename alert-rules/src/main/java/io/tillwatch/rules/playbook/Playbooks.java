package io.tillwatch.rules.playbook;

import io.tillwatch.rules.playbook.Playbook.WeighedSign;
import io.tillwatch.rules.source.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All playbooks, one per class.
 *
 * <p>The idea: weights are log-odds. Each class considered has the sum of the weights of the signs
 * that are there; the shares of {@code exp(sum)} are the odds among the classes. Since the weights
 * are a person's judgement and not counted frequencies, a share is then held down to {@code
 * s/(s+1)}, s being the weight that speaks for the class: two signs of weight 1 never say more than
 * 0.67, however far behind the others are. {@link Confidence} says how often that much was right.
 *
 * <p>{@link Cause#UNKNOWN} always takes part, at sum 0. It is the answer too when the best is not
 * worth saying ({@link #WORTH_SAYING}): the others follow it as they are.
 */
public record Playbooks(Map<Cause, Playbook> byCause) {

  /** Confidence below which a class is no answer: whoever is woken would follow it. */
  static final double WORTH_SAYING = 0.4;

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score)
          .reversed()
          .thenComparing(candidate -> candidate.playbook().cause());

  public Playbooks {
    byCause = Map.copyOf(byCause);
    if (!byCause.containsKey(Cause.UNKNOWN)) {
      throw new IllegalArgumentException("no playbook for unknown, which always takes part");
    }
  }

  /** Reads one playbook. */
  public static Playbook read(Fields fields) {
    return Playbook.read(fields);
  }

  /** The playbook of a class; that of unknown when there is none. */
  public Playbook of(Cause cause) {
    Playbook own = byCause.get(cause);
    return own != null ? own : Objects.requireNonNull(byCause.get(Cause.UNKNOWN));
  }

  /** What broke, most likely. */
  public Classification classify(Observations seen) {
    List<Candidate> candidates = new ArrayList<>();
    for (Playbook playbook : new EnumMap<>(byCause).values()) {
      if (playbook.considers(seen)) {
        candidates.add(weigh(playbook, seen));
      }
    }
    double sum = candidates.stream().mapToDouble(c -> Math.exp(c.score())).sum();
    List<Candidate> ranked =
        candidates.stream()
            .map(candidate -> withConfidence(candidate, Math.exp(candidate.score()) / sum))
            .sorted(BEST_FIRST)
            .collect(Collectors.toCollection(ArrayList::new));
    if (ranked.getFirst().confidence() < WORTH_SAYING) {
      ranked.sort(Comparator.comparing(candidate -> !isUnknown(candidate)));
    }
    return new Classification(ranked);
  }

  private static boolean isUnknown(Candidate candidate) {
    return candidate.playbook().cause() == Cause.UNKNOWN;
  }

  private static Candidate weigh(Playbook playbook, Observations seen) {
    List<WeighedSign> held = present(playbook, seen, sign -> sign.weight() > 0);
    List<WeighedSign> against = present(playbook, seen, sign -> sign.weight() < 0);
    return new Candidate(playbook, held, against, weight(held) + weight(against), 0);
  }

  private static List<WeighedSign> present(
      Playbook playbook, Observations seen, Predicate<WeighedSign> side) {
    return playbook.signs().stream()
        .filter(side)
        .filter(sign -> sign.sign().holds(seen))
        .sorted(Comparator.comparingDouble(sign -> -Math.abs(sign.weight())))
        .toList();
  }

  private static double weight(List<WeighedSign> signs) {
    return signs.stream().mapToDouble(WeighedSign::weight).sum();
  }

  private static Candidate withConfidence(Candidate candidate, double share) {
    double support = weight(candidate.held());
    double confidence = Confidence.of(share * support / (support + 1));
    return new Candidate(
        candidate.playbook(),
        candidate.held(),
        candidate.against(),
        candidate.score(),
        Math.round(confidence * 100) / 100.0);
  }
}
