package io.tillwatch.triage.gateway.policy;

import io.tillwatch.rules.source.Node;
import io.tillwatch.rules.source.Node.Mapping;
import io.tillwatch.rules.source.Node.Scalar;
import io.tillwatch.rules.source.Place;
import io.tillwatch.rules.source.Problems;
import io.tillwatch.rules.source.YamlText;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.ReasonShift;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.RunbookSection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A policy as it is written: checked against the schemas of what it speaks of. */
final class PolicyFile {

  /** The records a policy may speak of, by name. */
  private static final Map<String, Schema> RECORDS =
      Stream.of(
              Incident.getClassSchema(),
              RunbookSection.getClassSchema(),
              Evidence.getClassSchema(),
              Hypothesis.getClassSchema(),
              Burst.getClassSchema(),
              SliceEvidence.getClassSchema(),
              ReasonShift.getClassSchema(),
              ChangeEvent.getClassSchema(),
              StatusEvent.getClassSchema(),
              ExternalAlert.getClassSchema())
          .collect(Collectors.toMap(Schema::getName, schema -> schema));

  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("version", "quote-characters", "passage-characters", "records"));

  private static final Set<Schema.Type> NUMBERS =
      Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);

  private static final Pattern VERSION = Pattern.compile("[\\w.\\-]{1,32}");
  private static final Pattern BIN = Pattern.compile("(?i)(bin|iin).*");
  private static final Pattern LAST_FOUR = Pattern.compile("(?i).*last[-_]?(4|four).*");

  private static final int CHARACTERS_MAX = 8_000;

  private final Problems problems = new Problems();
  private final Place top;
  private final Map<String, Node.Entry> entries;

  private PolicyFile(String file, String yaml) {
    this.top = new Place(file, 1, 1);
    this.entries = YamlText.read(file, yaml, problems).map(Mapping::entries).orElse(Map.of());
  }

  /**
   * What a policy says.
   *
   * @param records by name of the record
   */
  record Content(
      String version,
      int quoteCharactersMax,
      int passageCharactersMax,
      Map<String, Rule.Listed> records) {
    Content {
      records = Map.copyOf(records);
    }
  }

  /**
   * Reads it.
   *
   * @throws io.tillwatch.rules.source.InvalidRules with everything that is wrong
   */
  static Content read(String file, String yaml) {
    return new PolicyFile(file, yaml).content();
  }

  private Content content() {
    entries.forEach((key, entry) -> {
      if (!KEYS.contains(key)) {
        problems.add(entry.keyPlace(), "'" + key + "'", "one of " + String.join(", ", KEYS));
      }
    });
    Content content =
        new Content(
            version(), characters("quote-characters"), characters("passage-characters"), records());
    problems.throwIfAny();
    return content;
  }

  private String version() {
    String found = scalar("version").map(Scalar::text).orElse("");
    if (!VERSION.matcher(found).matches()) {
      problems.add(placeOf("version"), "version '" + found + "'", "letters, digits, dots, hyphens");
    }
    return found;
  }

  private int characters(String key) {
    String found = scalar(key).map(Scalar::text).orElse("");
    int value = found.matches("\\d{1,6}") ? Integer.parseInt(found) : 0;
    if (value < 2 || value > CHARACTERS_MAX) {
      problems.add(
          placeOf(key),
          "%s '%s'".formatted(key, found),
          "a number of characters from 2 to %d".formatted(CHARACTERS_MAX));
    }
    return value;
  }

  private Optional<Scalar> scalar(String key) {
    return Optional.ofNullable(entries.get(key))
        .map(Node.Entry::value)
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast);
  }

  private Place placeOf(String key) {
    Node.Entry entry = entries.get(key);
    return entry == null ? top : entry.value().place();
  }

  private Map<String, Rule.Listed> records() {
    Map<String, Rule.Listed> records = new HashMap<>();
    Node.Entry entry = entries.get("records");
    if (entry == null || !(entry.value() instanceof Mapping mapping)) {
      problems.add(placeOf("records"), "no records", "records by name with the fields that go out");
      return records;
    }
    mapping
        .entries()
        .forEach((name, record) -> {
          Schema schema = RECORDS.get(name);
          if (schema == null) {
            unknown(record.keyPlace(), name, RECORDS.keySet());
          } else if (record.value() instanceof Mapping fields) {
            records.put(name, fields(fields, schema));
            binBesideLastFour(record.keyPlace(), name, fields);
          } else {
            problems.add(record.value().place(), record.value().kind(), "fields of " + name);
          }
        });
    return records;
  }

  private Rule.Listed fields(Mapping fields, Schema record) {
    Map<String, Rule> rules = new HashMap<>();
    fields
        .entries()
        .forEach((name, field) -> {
          Schema.Field known = record.getField(name);
          if (known == null) {
            unknown(
                field.keyPlace(),
                name,
                record.getFields().stream().map(Schema.Field::name).toList());
          } else {
            rule(field.value(), known.schema()).ifPresent(rule -> rules.put(name, rule));
          }
        });
    return new Rule.Listed(rules);
  }

  private void unknown(Place place, String name, Iterable<String> known) {
    problems.add(place, "'" + name + "'", "one of " + String.join(", ", known));
  }

  private Optional<Rule> rule(Node node, Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          rule(
              node,
              schema.getTypes().stream()
                  .filter(branch -> branch.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElseThrow());
      case ARRAY -> rule(node, schema.getElementType());
      case MAP -> keys(node, schema.getValueType());
      case RECORD -> record(node, schema);
      default -> leaf(node, allowed(schema));
    };
  }

  private Optional<Rule> keys(Node node, Schema values) {
    if (!(node instanceof Mapping mapping)) {
      problems.add(node.place(), node.kind(), "the keys that go out, each with its form");
      return Optional.empty();
    }
    Map<String, Rule> rules = new TreeMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> rule(entry.value(), values).ifPresent(rule -> rules.put(key, rule)));
    return Optional.of(new Rule.Listed(rules));
  }

  private Optional<Rule> record(Node node, Schema schema) {
    return node instanceof Mapping mapping
        ? Optional.of(fields(mapping, schema))
        : leaf(node, List.of(Form.LISTED));
  }

  private static List<Form> allowed(Schema schema) {
    if (NUMBERS.contains(schema.getType())) {
      return schema.getLogicalType() == null
          ? List.of(Form.AS_IS, Form.BUCKET)
          : List.of(Form.AS_IS);
    }
    return switch (schema.getType()) {
      case STRING -> List.of(Form.AS_IS, Form.HASH, Form.QUOTE);
      case ENUM, BOOLEAN -> List.of(Form.AS_IS);
      default -> List.of();
    };
  }

  private Optional<Rule> leaf(Node node, List<Form> allowed) {
    Optional<Form> form =
        node instanceof Scalar scalar
            ? Form.labelled(scalar.text()).filter(allowed::contains)
            : Optional.empty();
    if (form.isEmpty()) {
      problems.add(
          node.place(),
          node.kind(),
          allowed.isEmpty()
              ? "nothing: this never goes out"
              : "one of " + allowed.stream().map(Form::label).collect(Collectors.joining(", ")));
    }
    return form.map(Rule.Leaf::new);
  }

  /** Of one card they are more than may stand together. */
  private void binBesideLastFour(Place place, String record, Mapping fields) {
    Set<String> names = names(fields, new TreeSet<>());
    boolean bin = names.stream().anyMatch(name -> BIN.matcher(name).matches());
    boolean lastFour = names.stream().anyMatch(name -> LAST_FOUR.matcher(name).matches());
    if (bin && lastFour) {
      problems.add(place, "BIN and last four of " + record, "at most one of the two");
    }
  }

  private static Set<String> names(Mapping mapping, Set<String> names) {
    mapping
        .entries()
        .forEach((name, entry) -> {
          names.add(name);
          if (entry.value() instanceof Mapping inner) {
            names(inner, names);
          }
        });
    return names;
  }
}
