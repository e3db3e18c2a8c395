package io.tillwatch.rules.playbook;

import io.tillwatch.rules.source.Fields;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pattern of one class of incident.
 *
 * @param cause the class
 * @param owner whose it is to mend
 * @param informational whether it is shown and never pages, such as a shift of the mix
 * @param requires signs without which it is not considered
 * @param signs what speaks for it (weight above 0) or against it (below 0)
 * @param statement one sentence with the placeholders of {@link #PLACEHOLDERS}
 * @param check what would confirm or refute it
 * @param next suggested first step
 * @param runbook name of its runbook
 */
public record Playbook(
    Cause cause,
    Party owner,
    boolean informational,
    List<Sign> requires,
    List<WeighedSign> signs,
    String statement,
    String check,
    String next,
    String runbook) {

  /** What a statement may hold in braces, besides dimensions that the playbook requires fixed. */
  public static final Set<String> PLACEHOLDERS = Set.of("where", "change", "since");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9]*)}");
  private static final double WEIGHT_MAX = 10;

  public Playbook {
    requires = List.copyOf(requires);
    signs = List.copyOf(signs);
  }

  /** A sign and how much it counts; weights are log-odds, so 0.7 doubles the odds. */
  public record WeighedSign(Sign sign, double weight) {}

  static Playbook read(Fields fields) {
    Playbook playbook =
        new Playbook(
            fields.oneOf("class", Cause.class),
            fields.oneOf("owner", Party.class),
            fields.flag("informational", false),
            fields.mappingsIfAny("requires").stream().map(Playbook::required).toList(),
            fields.mappingsIfAny("signs").stream().map(Playbook::weighed).toList(),
            fields.text("statement"),
            fields.text("check"),
            fields.text("next"),
            fields.text("runbook"));
    playbook.checkStatement(fields);
    fields.end();
    return playbook;
  }

  private static Sign required(Fields fields) {
    Sign sign = SignReader.read(fields);
    fields.end();
    return sign;
  }

  private static WeighedSign weighed(Fields fields) {
    WeighedSign sign =
        new WeighedSign(SignReader.read(fields), fields.number("weight", -WEIGHT_MAX, WEIGHT_MAX));
    fields.end();
    return sign;
  }

  private void checkStatement(Fields fields) {
    Set<String> allowed =
        Stream.concat(PLACEHOLDERS.stream(), requires.stream().flatMap(Playbook::fixedBy))
            .collect(Collectors.toSet());
    Matcher matcher = PLACEHOLDER.matcher(statement);
    while (matcher.find()) {
      if (!allowed.contains(matcher.group(1))) {
        fields.problem(
            "statement",
            "'" + matcher.group() + "'",
            allowed.stream()
                .sorted()
                .collect(
                    Collectors.joining(
                        "}, {", "one of {", "} (a dimension is to be required fixed)")));
      }
    }
  }

  private static Stream<String> fixedBy(Sign sign) {
    return sign instanceof Sign.Fixed fixed ? fixed.dimensions().stream() : Stream.empty();
  }

  boolean considers(Observations seen) {
    return requires.stream().allMatch(sign -> sign.holds(seen));
  }
}
