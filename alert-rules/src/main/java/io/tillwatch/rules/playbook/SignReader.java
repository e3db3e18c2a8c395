package io.tillwatch.rules.playbook;

import io.tillwatch.rules.playbook.Vocabulary.Movement;
import io.tillwatch.rules.playbook.Vocabulary.Pace;
import io.tillwatch.rules.playbook.Vocabulary.Part;
import io.tillwatch.rules.playbook.Vocabulary.Remainder;
import io.tillwatch.rules.playbook.Vocabulary.Size;
import io.tillwatch.rules.playbook.Vocabulary.Spread;
import io.tillwatch.rules.playbook.Vocabulary.Weight;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Signs as they stand in a playbook: a mapping whose one key says what to look for. */
final class SignReader {

  /** How each is read, by its key. */
  static final Map<String, BiFunction<Fields, String, Sign>> SIGNS = signs();

  private SignReader() {}

  private static Map<String, BiFunction<Fields, String, Sign>> signs() {
    Map<String, BiFunction<Fields, String, Sign>> signs = new LinkedHashMap<>();
    signs.put("kind", (f, key) -> new Sign.KindIs(f.manyOf(key, Kind.class)));
    signs.put("kpi", (f, key) -> new Sign.KpiIs(f.manyOf(key, Kpi.class)));
    signs.put("fixed", (f, key) -> new Sign.Fixed(f.words(key, Vocabulary.DIMENSIONS)));
    signs.put("fixed-any", (f, key) -> new Sign.FixedAny(f.words(key, Vocabulary.DIMENSIONS)));
    signs.put("rolled-up", (f, key) -> new Sign.RolledUp(f.words(key, Vocabulary.DIMENSIONS)));
    signs.put("technical-share", (f, key) -> new Sign.TechnicalShare(f.oneOf(key, Movement.class)));
    signs.put("reason-up", (f, key) -> new ReasonSign.Up(f.words(key, Vocabulary.REASONS)));
    signs.put("reason-steady", (f, key) -> new ReasonSign.Steady(f.words(key, Vocabulary.REASONS)));
    signs.put("reasons-risen", (f, key) -> new ReasonSign.Risen(f.oneOf(key, Spread.class)));
    signs.put("latency", (f, key) -> new Sign.Latency(f.oneOf(key, Movement.class)));
    signs.put("traffic", (f, key) -> new Sign.Traffic(f.oneOf(key, Movement.class)));
    signs.put("ticket", (f, key) -> new Sign.Ticket(f.oneOf(key, Size.class)));
    signs.put("retries", (f, key) -> new Sign.Retries(f.oneOf(key, Part.class)));
    signs.put("left", (f, key) -> new Sign.Left(f.oneOf(key, Remainder.class)));
    signs.put("onset", (f, key) -> new Sign.Onset(f.oneOf(key, Pace.class)));
    signs.put("mix", (f, key) -> new Sign.Mix(f.oneOf(key, Weight.class)));
    signs.put(
        "healthy-sibling",
        (f, key) -> new Sign.HealthySibling(f.words(key, Vocabulary.DIMENSIONS)));
    signs.put("related", (f, key) -> new Sign.Related(f.manyOf(key, Kind.class)));
    signs.put("changed", (f, key) -> new Sign.ChangedByUs(f.words(key, Vocabulary.CHANGES)));
    signs.put("notice", (f, key) -> new Sign.Notice(f.words(key, Vocabulary.INDICATORS)));
    return signs;
  }

  /**
   * The sign of a mapping; an impossible one, with its problem written down, when there is none.
   */
  static Sign read(Fields fields) {
    List<String> keys = fields.keys().stream().filter(SIGNS::containsKey).toList();
    if (keys.size() != 1) {
      fields.problem(
          keys.isEmpty() ? "" : keys.getLast(),
          keys.isEmpty() ? "no sign" : String.join(" and ", keys),
          SIGNS.keySet().stream().collect(Collectors.joining(", ", "exactly one of ", "")));
    }
    Sign sign = new Sign.KindIs(List.of());
    for (String key : keys) {
      sign = Objects.requireNonNull(SIGNS.get(key), key).apply(fields, key);
    }
    return sign;
  }
}
