package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.rules.source.Node;
import io.tillwatch.rules.source.Node.Mapping;
import io.tillwatch.rules.source.Node.Scalar;
import io.tillwatch.rules.source.Place;
import io.tillwatch.rules.source.Problems;
import io.tillwatch.rules.source.YamlText;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.incident.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Marks every field of a record that the shipped policy does not list, and finds the marks again.
 *
 * <p>Walks the schemas, so that a field that somebody adds tomorrow is marked too, and reads the
 * policy's file by itself, not by the code that is judged. A field that goes out as a hash is
 * marked as well: its text may not be seen. Flags and enums have no room for a mark.
 */
final class WireTracer {

  /** Said in another field that is listed: the playbooks' confidence is what goes out as theirs. */
  private static final Set<String> SAID_ELSEWHERE = Set.of("Hypothesis.playbookConfidence");

  private static final Mapping NOTHING_LISTED = new Mapping(new Place("", 1, 1), Map.of());

  private static final long FIRST_NUMBER = 7_340_117;
  private static final Instant FIRST_TIME = Instant.parse("2091-02-03T04:05:06Z");
  private static final int LETTERS = 26;

  private final Map<String, Node.Entry> records;
  private final Map<String, String> fieldByMark = new LinkedHashMap<>();

  WireTracer() {
    this.records = listed();
  }

  /** A copy of the record with a mark in each field that may not go out. */
  <R extends SpecificRecord> R marked(R record) {
    R copy = SpecificData.get().deepCopy(record.getSchema(), record);
    mark(copy, rules(record.getSchema()));
    return copy;
  }

  /** The same of what a desk hears beside payments. */
  Input markedNews(Input news) {
    return switch (news) {
      case Input.ChangeSeen seen -> new Input.ChangeSeen(marked(seen.change()));
      case Input.StatusSeen seen -> new Input.StatusSeen(marked(seen.notice()));
      case Input.AlertSeen seen -> new Input.AlertSeen(marked(seen.alert()));
      default -> news;
    };
  }

  /** How many fields are marked. */
  int marks() {
    return fieldByMark.size();
  }

  /** Fields whose mark is in one of these requests. */
  Set<String> found(List<ModelStub.Request> requests) {
    Set<String> found = new TreeSet<>();
    for (ModelStub.Request request : requests) {
      String text = request.text();
      fieldByMark.forEach((mark, field) -> {
        if (text.contains(mark)) {
          found.add(field);
        }
      });
    }
    return found;
  }

  private Mapping rules(Schema schema) {
    Node.Entry entry = records.get(schema.getName());
    return entry != null && entry.value() instanceof Mapping fields ? fields : NOTHING_LISTED;
  }

  private void mark(IndexedRecord record, Mapping rules) {
    for (Schema.Field field : record.getSchema().getFields()) {
      String name = record.getSchema().getName() + "." + field.name();
      Node.Entry rule = rules.entries().get(field.name());
      if (rule == null || isHash(rule.value())) {
        markAll(record, field, name);
      } else {
        markWithin(record.get(field.pos()), rule.value(), name);
      }
    }
  }

  private static boolean isHash(Node rule) {
    return rule instanceof Scalar scalar && scalar.text().equals("hash");
  }

  /** A field that is not listed: itself, or all that is in it. */
  private void markAll(IndexedRecord record, Schema.Field field, String name) {
    @Nullable Object value = record.get(field.pos());
    if (value instanceof IndexedRecord nested) {
      mark(nested, NOTHING_LISTED);
    } else if (value instanceof Collection<?> items && holdsRecords(items)) {
      items.forEach(item -> mark((IndexedRecord) item, NOTHING_LISTED));
    } else if (!SAID_ELSEWHERE.contains(name)) {
      @Nullable Object mark = newMark(value, filled(field.schema()), name);
      if (mark != null) {
        record.put(field.pos(), mark);
      }
    }
  }

  private static boolean holdsRecords(Collection<?> items) {
    return items.stream().anyMatch(IndexedRecord.class::isInstance);
  }

  /** A field that is listed: what is in it and is not. */
  private void markWithin(@Nullable Object value, Node rule, String name) {
    if (value instanceof IndexedRecord nested) {
      mark(nested, rule instanceof Mapping own ? own : rules(nested.getSchema()));
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> markWithin(item, rule, name));
    } else if (value instanceof Map<?, ?> map) {
      addTo(map, name);
    }
  }

  /** A key that nobody has listed, beside those that are. */
  @SuppressWarnings("unchecked") // Avro's maps have texts as keys, and one type of values
  private void addTo(Map<?, ?> map, String name) {
    boolean numbers = map.values().stream().anyMatch(Double.class::isInstance);
    Map<Object, Object> open = (Map<Object, Object>) map;
    open.put(
        text(name + ".key"), numbers ? (Object) number(name + ".value") : text(name + ".value"));
  }

  private static Schema filled(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream()
            .filter(branch -> branch.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema;
  }

  private @Nullable Object newMark(@Nullable Object value, Schema schema, String name) {
    return switch (schema.getType()) {
      case STRING -> text(name);
      case INT -> (int) (double) number(name);
      case LONG ->
          schema.getLogicalType() == null ? (Object) (long) (double) number(name) : time(name);
      case DOUBLE -> number(name);
      case ARRAY ->
          schema.getElementType().getType() == Schema.Type.STRING ? List.of(text(name)) : null;
      case MAP -> {
        Map<String, Object> map = new HashMap<>();
        if (value instanceof Map<?, ?> known) {
          known.forEach((key, each) -> map.put(String.valueOf(key), each));
        }
        addTo(map, name);
        yield map;
      }
      default -> null;
    };
  }

  /** Letters alone: nothing takes them for a number of somebody's. */
  private String text(String name) {
    StringBuilder mark = new StringBuilder("tracer");
    for (int number = fieldByMark.size() + LETTERS * LETTERS; number > 0; number /= LETTERS) {
      mark.append((char) ('a' + number % LETTERS));
    }
    return kept(mark.append("end").toString(), name);
  }

  private Double number(String name) {
    long number = FIRST_NUMBER + 10L * fieldByMark.size();
    kept(Long.toString(number), name);
    return (double) number;
  }

  private Instant time(String name) {
    Instant time = FIRST_TIME.plusSeconds(fieldByMark.size());
    kept(time.toString(), name);
    kept(Long.toString(time.toEpochMilli()), name);
    return time;
  }

  private String kept(String mark, String name) {
    fieldByMark.put(mark, name);
    return mark;
  }

  private static Map<String, Node.Entry> listed() {
    String name = "policy.yaml";
    try (InputStream in = PromptPolicy.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource %s is not on the class path".formatted(name));
      }
      Problems problems = new Problems();
      Mapping policy =
          YamlText.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), problems)
              .orElseThrow();
      problems.throwIfAny();
      Node.Entry records = policy.entries().get("records");
      if (records == null || !(records.value() instanceof Mapping listed)) {
        throw new IllegalStateException("%s lists no records".formatted(name));
      }
      return listed.entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
