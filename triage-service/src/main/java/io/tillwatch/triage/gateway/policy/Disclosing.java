package io.tillwatch.triage.gateway.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tillwatch.triage.gateway.redact.Redactor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** One record on its way out: takes what the policy lists, counts the rest. For one thread. */
final class Disclosing {

  /** Items of a list that go out; what follows is dropped, and no list of ours is longer. */
  private static final int ITEMS_MAX = 64;

  /** What a name of ours looks like; anything else may speak to the model. */
  private static final Pattern NAME = Pattern.compile("[\\w.:/@+#\\-]{1,64}");

  static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

  /** More than anybody reads; the sixteen of a double may look like a card number. */
  static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_UP);

  private final Map<String, Rule.Listed> records;
  private final Quoting quoting;
  private final int quoteCharactersMax;
  private final Redactor redactor = new Redactor();
  private final Map<String, Long> fields = new TreeMap<>();

  Disclosing(Map<String, Rule.Listed> records, Quoting quoting, int quoteCharactersMax) {
    this.records = records;
    this.quoting = quoting;
    this.quoteCharactersMax = quoteCharactersMax;
  }

  Disclosure of(IndexedRecord record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Rule.@Nullable Listed rules = records.get(record.getSchema().getName());
    if (rules == null) {
      record.getSchema().getFields().forEach(field -> count(Disclosure.DROPPED));
    } else {
      json = record(record, rules);
    }
    return new Disclosure(json, fields);
  }

  private ObjectNode record(IndexedRecord record, Rule.Listed rules) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      put(json, field.name(), record.get(field.pos()), rules);
    }
    return json;
  }

  private void put(ObjectNode json, String name, @Nullable Object value, Rule.Listed rules) {
    @Nullable Rule rule = rules.rules().get(name);
    if (value == null) {
      return;
    }
    if (rule == null) {
      count(Disclosure.DROPPED);
      return;
    }
    value(value, rule).ifPresent(out -> json.set(name, out));
  }

  private Optional<JsonNode> value(Object value, Rule rule) {
    return switch (value) {
      case Collection<?> items -> Optional.of(list(items, rule));
      case IndexedRecord record -> nested(record, rule);
      case Map<?, ?> map when rule instanceof Rule.Listed listed -> Optional.of(map(map, listed));
      default -> rule instanceof Rule.Leaf leaf ? scalar(value, leaf.form()) : dropped();
    };
  }

  private ArrayNode list(Collection<?> items, Rule rule) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    items.stream().limit(ITEMS_MAX).forEach(item -> value(item, rule).ifPresent(json::add));
    items.stream().skip(ITEMS_MAX).forEach(item -> count(Disclosure.DROPPED));
    return json;
  }

  private Optional<JsonNode> nested(IndexedRecord record, Rule rule) {
    Rule.@Nullable Listed rules =
        rule instanceof Rule.Listed listed ? listed : records.get(record.getSchema().getName());
    return rules == null ? dropped() : Optional.of(record(record, rules));
  }

  private ObjectNode map(Map<?, ?> map, Rule.Listed rules) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(map).forEach((key, value) -> put(json, String.valueOf(key), value, rules));
    return json;
  }

  private Optional<JsonNode> scalar(Object value, Form form) {
    return switch (form) {
      case AS_IS -> asIs(value);
      case BUCKET -> value instanceof Number number ? bucket(number) : dropped();
      case HASH -> counted(Form.HASH, text(quoting.hash(value.toString())));
      case QUOTE -> quote(value.toString());
      case LISTED -> dropped();
    };
  }

  private Optional<JsonNode> asIs(Object value) {
    return switch (value) {
      case Boolean flag -> counted(Form.AS_IS, BooleanNode.valueOf(flag));
      case Double number when !Double.isFinite(number) -> dropped();
      case Double number -> counted(Form.AS_IS, digits(number, SIX_DIGITS));
      case Number number -> counted(Form.AS_IS, LongNode.valueOf(number.longValue()));
      case Instant time -> counted(Form.AS_IS, text(time.toString()));
      case Enum<?> symbol -> counted(Form.AS_IS, text(symbol.name().toLowerCase(Locale.ROOT)));
      default -> name(value.toString());
    };
  }

  private Optional<JsonNode> name(String name) {
    return NAME.matcher(name).matches()
        ? counted(Form.AS_IS, text(redactor.redact(name)))
        : quote(name);
  }

  private Optional<JsonNode> quote(String text) {
    return text.isBlank()
        ? Optional.empty()
        : counted(Form.QUOTE, text(quoting.quote(text, quoteCharactersMax, redactor)));
  }

  private Optional<JsonNode> bucket(Number number) {
    double value = number.doubleValue();
    return Double.isFinite(value) ? counted(Form.BUCKET, digits(value, TWO_DIGITS)) : dropped();
  }

  /** So many significant digits; whole numbers stay whole. */
  static JsonNode digits(double value, MathContext many) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(many);
    return rounded.stripTrailingZeros().scale() <= 0
        ? LongNode.valueOf(rounded.longValue())
        : DoubleNode.valueOf(rounded.doubleValue());
  }

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }

  private Optional<JsonNode> counted(Form form, JsonNode json) {
    count(form.label());
    return Optional.of(json);
  }

  private Optional<JsonNode> dropped() {
    count(Disclosure.DROPPED);
    return Optional.empty();
  }

  private void count(String form) {
    fields.merge(form, 1L, Long::sum);
  }
}
