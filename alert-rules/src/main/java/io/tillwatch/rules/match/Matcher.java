package io.tillwatch.rules.match;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Party;
import io.tillwatch.rules.playbook.Vocabulary;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Values that an incident must have, by trait: any one of those given for a trait, and that for
 * each trait. Immutable and thread-safe.
 *
 * @param wanted values by trait: {@code rule}, {@code kind}, {@code kpi}, {@code class}, {@code
 *     owner}, {@code severity}, or a dimension
 */
public record Matcher(Map<String, Set<String>> wanted) {

  /** Matches everything. */
  public static final Matcher ANY = new Matcher(Map.of());

  /** Trait that names a watch. */
  public static final String RULE = "rule";

  /** Traits whose values are words, with these words. */
  static final Map<String, Set<String>> WORDS =
      Map.of(
          "kind", symbols(Kind.values()),
          "kpi", symbols(Kpi.values()),
          "class", symbols(Cause.values()),
          "owner", symbols(Party.values()),
          "severity", symbols(Level.values()));

  public Matcher {
    Map<String, Set<String>> copy = new LinkedHashMap<>();
    wanted.forEach((trait, values) -> copy.put(trait, Set.copyOf(values)));
    wanted = Map.copyOf(copy);
  }

  private static Set<String> symbols(Enum<?>[] symbols) {
    return Arrays.stream(symbols).map(Matcher::label).collect(Collectors.toUnmodifiableSet());
  }

  private static String label(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }

  /** All that may be asked for. */
  public static Set<String> traits() {
    Set<String> traits = new TreeSet<>(Vocabulary.DIMENSIONS);
    traits.addAll(WORDS.keySet());
    traits.add(RULE);
    return traits;
  }

  /** Reads one; a mapping without entries matches everything. */
  public static Matcher read(Fields fields) {
    return read(fields, traits());
  }

  /** Reads one over dimensions alone. */
  public static Matcher readPlace(Fields fields) {
    return read(fields, Vocabulary.DIMENSIONS);
  }

  private static Matcher read(Fields fields, Set<String> allowed) {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (String trait : fields.keys()) {
      if (allowed.contains(trait)) {
        Set<String> words = WORDS.get(trait);
        List<String> values = words == null ? fields.texts(trait) : fields.words(trait, words);
        wanted.put(trait, new LinkedHashSet<>(values));
      }
    }
    fields.end(allowed);
    return new Matcher(wanted);
  }

  /** Whether it asks for nothing. */
  public boolean matchesAll() {
    return wanted.isEmpty();
  }

  /** Whether the incident is one of these, and some root cell of it lies there. */
  public boolean anywhere(Traits traits) {
    return is(traits) && (!asksWhere() || traits.slices().stream().anyMatch(this::holds));
  }

  /** Whether the incident is one of these, and all of it lies there. */
  public boolean everywhere(Traits traits) {
    return is(traits) && everywhere(traits.slices());
  }

  /** In which traits the incident, or some root cell of it, is not one of these; for people. */
  public List<String> mismatches(Traits traits) {
    List<String> wrong = new ArrayList<>();
    for (String trait : new TreeSet<>(wanted.keySet())) {
      if (!new Matcher(Map.of(trait, values(trait))).everywhere(traits)) {
        String found =
            Vocabulary.DIMENSIONS.contains(trait)
                ? traits.slices().stream()
                    .map(slice -> slice.getOrDefault(trait, "any"))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(" "))
                : valueOf(traits, trait);
        wrong.add(
            "%s: expected %s, found %s"
                .formatted(trait, String.join(" or ", new TreeSet<>(values(trait))), found));
      }
    }
    return wrong;
  }

  /** Whether all of these slices lie there; none at all lie nowhere. */
  public boolean everywhere(List<Map<String, String>> slices) {
    return !asksWhere() || (!slices.isEmpty() && slices.stream().allMatch(this::holds));
  }

  /** Whether a slice fixes each dimension that is asked for to one of its values. */
  private boolean holds(Map<String, String> slice) {
    return each(
        Vocabulary.DIMENSIONS::contains,
        trait -> values(trait).contains(slice.getOrDefault(trait, "")));
  }

  private Set<String> values(String trait) {
    return wanted.getOrDefault(trait, Set.of());
  }

  private boolean asksWhere() {
    return wanted.keySet().stream().anyMatch(Vocabulary.DIMENSIONS::contains);
  }

  private boolean is(Traits traits) {
    return each(
        trait -> !Vocabulary.DIMENSIONS.contains(trait),
        trait -> values(trait).contains(valueOf(traits, trait)));
  }

  private boolean each(Predicate<String> ofThese, Predicate<String> holds) {
    return wanted.keySet().stream().filter(ofThese).allMatch(holds);
  }

  private static String valueOf(Traits traits, String trait) {
    return switch (trait) {
      case RULE -> traits.rule();
      case "kind" -> label(traits.kind());
      case "kpi" -> label(traits.kpi());
      case "class" -> traits.cause().label();
      case "owner" -> label(traits.owner());
      case "severity" -> label(traits.severity());
      default -> throw new IllegalStateException("trait " + trait + ", expected " + traits());
    };
  }

  /** For people, for example {@code kind=webhook psp=northpay|southpay}. */
  @Override
  public String toString() {
    return wanted.isEmpty()
        ? "everything"
        : new TreeMap<>(wanted)
            .entrySet().stream()
                .map(each -> each.getKey() + '=' + String.join("|", new TreeSet<>(each.getValue())))
                .collect(Collectors.joining(" "));
  }
}
