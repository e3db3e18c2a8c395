package io.tillwatch.rules.suppress;

import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.match.Traits;
import io.tillwatch.rules.playbook.Vocabulary;
import io.tillwatch.rules.source.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An incident of one sort that explains another: while the first is told, nobody is told of the
 * second.
 *
 * @param name what people call it
 * @param reason why, in a few words
 * @param source which incidents explain
 * @param target which are explained; each root cell must lie there
 * @param equal what both must have in common: dimensions, or {@code kind}
 * @param within whether each root cell of the target must lie within one of the source, and be
 *     smaller than it
 */
public record Inhibition(
    String name, String reason, Matcher source, Matcher target, Set<String> equal, boolean within) {

  private static final String KIND = "kind";

  public Inhibition {
    equal = Set.copyOf(equal);
  }

  static Inhibition read(Fields fields) {
    Inhibition inhibition =
        new Inhibition(
            fields.text("name"),
            fields.text("reason"),
            Matcher.read(fields.mapping("source")),
            Matcher.read(fields.mapping("target")),
            fields.has("equal") ? new HashSet<>(fields.words("equal", common())) : Set.of(),
            fields.flag("within", false));
    boolean bound = inhibition.within || inhibition.equal.stream().anyMatch(d -> !d.equals(KIND));
    if (!bound) {
      fields.problem(
          "equal",
          "nothing that binds the two",
          "a dimension in equal, or within: true; else any incident would mute all others");
    }
    fields.end("equal");
    return inhibition;
  }

  private static Set<String> common() {
    Set<String> common = new HashSet<>(Vocabulary.DIMENSIONS);
    common.add(KIND);
    return common;
  }

  /**
   * Whether one incident explains another. What hurts more than its explanation is not explained by
   * it.
   */
  public boolean explains(Traits front, Traits behind) {
    return front.severity().atLeast(behind.severity())
        && source.anywhere(front)
        && target.everywhere(behind)
        && equal.stream().allMatch(trait -> inCommon(trait, front, behind))
        && (!within || inside(front.slices(), behind.slices()));
  }

  private static boolean inCommon(String trait, Traits front, Traits behind) {
    if (trait.equals(KIND)) {
      return front.kind() == behind.kind();
    }
    List<String> values =
        front.slices().stream()
            .map(slice -> slice.getOrDefault(trait, ""))
            .filter(value -> !value.isEmpty())
            .toList();
    return !behind.slices().isEmpty()
        && behind.slices().stream()
            .allMatch(slice -> values.contains(slice.getOrDefault(trait, "")));
  }

  private static boolean inside(List<Map<String, String>> outer, List<Map<String, String>> inner) {
    return !inner.isEmpty()
        && inner.stream().allMatch(in -> outer.stream().anyMatch(out -> holds(out, in)));
  }

  private static boolean holds(Map<String, String> outer, Map<String, String> inner) {
    return outer.size() < inner.size() && inner.entrySet().containsAll(outer.entrySet());
  }
}
