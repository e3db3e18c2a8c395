package io.tillwatch.load.replay;

import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.load.yaml.YamlMap;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads mapping files. */
final class MappingFile {

  private static final Set<String> KEYS =
      Set.of("format", "event", "delimiter", "onBadRow", "payment", "fields");
  private static final Set<String> RULE_KEYS =
      Set.of("column", "constant", "template", "lookup", "otherwise", "scale", "format", "zone");
  private static final List<String> SOURCES = List.of("column", "constant", "template");
  private static final Map<String, Format> FORMATS =
      Map.of("csv", Format.CSV, "jsonl", Format.JSONL, "avro", Format.AVRO);
  private static final Map<String, Boolean> ABORTS = Map.of("abort", true, "continue", false);
  private static final Map<String, EventKind> KINDS =
      Map.of(
          "auth", EventKind.AUTH,
          "capture", EventKind.CAPTURE,
          "refund", EventKind.REFUND,
          "webhook", EventKind.WEBHOOK);
  private static final Map<EventKind, List<Field>> ALSO_REQUIRED =
      Map.of(
          EventKind.REFUND, List.of(Field.REFUND_ID, Field.REQUESTED_AT),
          EventKind.WEBHOOK, List.of(Field.PSP_EVENT_TYPE, Field.PSP_EVENT_TIME));

  private MappingFile() {}

  static Mapping parse(YamlMap root) {
    root.only(KEYS);
    EventKind event = choice(root, "event", KINDS);
    YamlMap fields =
        root.map("fields").orElseThrow(() -> root.problem("fields", "'fields' is missing"));
    PurchaseRule purchase = root.map("payment").map(MappingFile::purchase).orElse(null);
    Map<Field, FieldRule> rules = rules(fields, event);
    checkComplete(fields, event, rules.keySet(), purchase);
    boolean aborts = root.has("onBadRow") && choice(root, "onBadRow", ABORTS);
    return new Mapping(
        new Mapping.Rules(
            choice(root, "format", FORMATS), event, delimiter(root), aborts, rules, purchase));
  }

  private static <T> T choice(YamlMap map, String key, Map<String, T> choices) {
    T found = choices.get(map.text(key));
    if (found == null) {
      throw map.problem(
          key,
          "%s is '%s', expected one of %s"
              .formatted(
                  key,
                  map.text(key),
                  String.join(", ", choices.keySet().stream().sorted().toList())));
    }
    return found;
  }

  private static char delimiter(YamlMap root) {
    String text = root.optionalText("delimiter").orElse(",");
    if (text.length() != 1) {
      throw root.problem("delimiter", "delimiter is '%s', expected one character".formatted(text));
    }
    return text.charAt(0);
  }

  private static PurchaseRule purchase(YamlMap map) {
    map.only(Set.of("same", "within"));
    List<String> same = map.texts("same");
    if (same.isEmpty()) {
      throw map.problem("same", "'same' names no column");
    }
    if (!map.duration("within").isPositive()) {
      throw map.problem("within", "'within' is not more than 0");
    }
    return new PurchaseRule(same, map.duration("within"), map.place());
  }

  private static Map<Field, FieldRule> rules(YamlMap fields, EventKind event) {
    Map<Field, FieldRule> rules = new EnumMap<>(Field.class);
    for (String label : fields.keys()) {
      Field field =
          Field.byLabel(label)
              .orElseThrow(() ->
                  fields.problem(
                      label, "unknown field '%s', expected one of %s".formatted(label, labels())));
      rules.put(field, rule(field, fields.map(label).orElseThrow(), event));
    }
    return rules;
  }

  private static String labels() {
    return String.join(", ", Arrays.stream(Field.values()).map(Field::label).toList());
  }

  private static FieldRule rule(Field field, YamlMap map, EventKind event) {
    map.only(RULE_KEYS);
    FieldRule rule =
        new FieldRule(
            field,
            template(map),
            map.map("lookup").map(YamlMap::toTexts).orElse(null),
            map.optionalText("otherwise").orElse(null),
            scale(map),
            time(map),
            map.place());
    check(map, "scale", field == Field.AMOUNT_MINOR, "only amountMinor has a scale");
    check(map, "format", field.isTime(), "only times have a format");
    check(map, "otherwise", rule.lookup() != null, "otherwise needs a lookup");
    checkValues(map, rule, event);
    return rule;
  }

  private static void check(YamlMap map, String key, boolean fine, String message) {
    if (map.has(key) && !fine) {
      throw map.problem(key, message);
    }
  }

  private static String template(YamlMap map) {
    List<String> given = SOURCES.stream().filter(map::has).toList();
    if (given.size() != 1) {
      throw map.problem("column", "expected exactly one of " + String.join(", ", SOURCES));
    }
    String source = given.getFirst();
    String text = map.text(source);
    return source.equals("column") ? "{" + text + "}" : text;
  }

  private static BigDecimal scale(YamlMap map) {
    try {
      return new BigDecimal(map.optionalText("scale").orElse("1"));
    } catch (NumberFormatException e) {
      throw map.problem("scale", "scale is '%s', expected a number".formatted(map.text("scale")));
    }
  }

  private static TimeFormat time(YamlMap map) {
    try {
      ZoneId zone = map.optionalText("zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
      return TimeFormat.named(map.optionalText("format").orElse("iso"), zone);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw map.problem(map.has("format") ? "format" : "zone", String.valueOf(e.getMessage()));
    }
  }

  /** What a lookup or a constant gives must be a value of the field: said now, not per row. */
  private static void checkValues(YamlMap map, FieldRule rule, EventKind event) {
    Set<String> allowed =
        switch (rule.field()) {
          case OUTCOME -> Outcomes.labels(event);
          case REASON -> Set.copyOf(lowerCase(Reason.values()));
          case THREE_DS -> Set.of("true", "false");
          default -> null;
        };
    if (allowed == null) {
      return;
    }
    for (String value : given(rule)) {
      if (!value.isEmpty() && !allowed.contains(value)) {
        throw new InvalidYaml(
            map.place(),
            "%s '%s', expected one of %s"
                .formatted(
                    rule.field().label(),
                    value,
                    String.join(", ", allowed.stream().sorted().toList())));
      }
    }
  }

  private static List<String> given(FieldRule rule) {
    Stream<String> looked = rule.lookup() == null ? Stream.of() : rule.lookup().values().stream();
    Stream<@Nullable String> rest =
        Stream.of(rule.otherwise(), rule.columns().isEmpty() ? rule.template() : null);
    boolean constantIsLookedUp = rule.lookup() != null && rule.columns().isEmpty();
    return Stream.concat(looked, constantIsLookedUp ? Stream.of() : rest.filter(v -> v != null))
        .toList();
  }

  private static List<String> lowerCase(Enum<?>[] values) {
    return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static void checkComplete(
      YamlMap fields, EventKind event, Set<Field> given, @Nullable PurchaseRule purchase) {
    for (Field field : Field.values()) {
      boolean needed =
          field.isRequired() || ALSO_REQUIRED.getOrDefault(event, List.of()).contains(field);
      if (needed && !given.contains(field)) {
        throw fields.problem(field.label(), "'%s' is missing".formatted(field.label()));
      }
    }
    boolean named = given.contains(Field.PAYMENT_ID);
    if (named == (purchase != null) || (purchase != null && given.contains(Field.ATTEMPT))) {
      throw fields.problem(
          "paymentId", "expected either a field 'paymentId' or 'payment' with same and within");
    }
  }
}
