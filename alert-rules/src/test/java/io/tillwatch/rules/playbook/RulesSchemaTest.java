package io.tillwatch.rules.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: an editor that checks by the schema says what the reader says. Method: what is shipped
 * passes, the words of both are the same, and mistakes that a schema can see fail in both.
 */
class RulesSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private final JsonNode text = read(RuleBook.jsonSchema());
  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/io/tillwatch/rules/rules.yaml", "/io/tillwatch/rules/playbooks.yaml"})
  void whatIsShippedPasses(String resource) throws IOException {
    try (InputStream in = RuleBook.class.getResourceAsStream(resource)) {
      assertThat(schema.validate(YAML.readTree(in))).isEmpty();
    }
  }

  @Test
  void itKnowsTheWordsThatTheReaderKnows() {
    assertThat(words("/$defs/dimension/enum")).isEqualTo(new TreeSet<>(Vocabulary.DIMENSIONS));
    assertThat(words("/$defs/reason/enum")).isEqualTo(new TreeSet<>(Vocabulary.REASONS));
    assertThat(words("/$defs/change/enum")).isEqualTo(new TreeSet<>(Vocabulary.CHANGES));
    assertThat(words("/$defs/indicator/enum")).isEqualTo(new TreeSet<>(Vocabulary.INDICATORS));
    assertThat(words("/$defs/kind/enum")).isEqualTo(symbols(Kind.values()));
    assertThat(words("/$defs/kpi/enum")).isEqualTo(symbols(Kpi.values()));
    assertThat(words("/$defs/level/enum")).isEqualTo(symbols(Level.values()));
    assertThat(words("/$defs/playbook/properties/class/enum")).isEqualTo(symbols(Cause.values()));
    assertThat(words("/$defs/playbook/properties/owner/enum")).isEqualTo(symbols(Party.values()));
    Set<String> traits = new TreeSet<>();
    text.at("/$defs/matcher/properties").fieldNames().forEachRemaining(traits::add);
    assertThat(traits).isEqualTo(Matcher.traits());
    Set<String> signs = new TreeSet<>();
    text.at("/$defs/required/properties").fieldNames().forEachRemaining(signs::add);
    assertThat(signs).isEqualTo(new TreeSet<>(SignReader.SIGNS.keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maintenance: [{name: a, slice: {psp: x}, at: 02:00, for: 1h, days: [sat, sun]}]",
        "maintenance: [{name: a, slice: {}, from: 2026-12-01T02:00:00Z, until:"
            + " 2026-12-01T03:00:00Z}]",
        "holidays: [{name: a, dates: 2026-12-25, slice: {region: eu}, zone: Europe/Zurich}]",
        "paging: {notify-from: sev3, page-from: sev2, page-evidence: 1.5}",
        "watches: [{name: a, kind: auth, kpi: latency, false-alarm-every: 2d, failures-min: 0}]",
        "watches: [{name: a, kind: auth, kpi: latency, where: {psp: [x, y]}, failures-min: 0,"
            + " page-evidence: 2}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, each: [psp, region], failures-min: 9,"
            + " objective: {at-least: 0.9, over: 15m, events-min: 200}}]",
        "watches: [{name: a, kind: webhook, kpi: webhook_lag, where: {psp: x}, failures-min: 0,"
            + " objective: {at-least: 0.95, within: 60s, over: 2h, events-min: 1}}]",
        "watches: [{name: auth-success-rate, kind: auth, kpi: success_rate, failures-min: 9, each:"
            + " psp, false-alarm-every: 7d, objective: {at-least: 0.9, over: 15m, events-min: 2}}]",
        "watches: [{name: a, kind: auth, kpi: reason_mix, failures-min: 9, objective: {at-most:"
            + " 0.01, reason: unknown, over: 1h, events-min: 2, false-alarm-every: 30d}}]",
        "routing: {default: {pager: p}, routes: [{name: a, match: {psp: [x, y], class: unknown,"
            + " severity: sev1, owner: us, kind: [auth]}, to: {chat: c, ticket: T}}]}",
        "silences: [{name: a, match: {}, author: b, reason: c, from: 2026-12-01T02:00:00Z, until:"
            + " 2026-12-01T03:00:00Z, up-to: sev3}]",
        "inhibitions: [{name: a, reason: b, source: {psp: x}, target: {}, equal: region}]",
        "inhibitions: [{name: parent-explains-child, off: true}]",
      })
  void whatIsRightIsRightForBoth(String rules) throws IOException {
    assertThat(schema.validate(YAML.readTree(rules))).isEmpty();
    assertThat(isRead(rules)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wathces: [{name: a}]",
        "watches: []",
        "watches: [{name: a, kind: payment, kpi: latency, false-alarm-every: 2d, failures-min: 0}]",
        "watches: [{name: a, kind: auth, kpi: latency, false-alarm-every: soon, failures-min: 0}]",
        "watches: [{name: a, kind: auth, kpi: latency, false-alarm-every: 2d}]",
        "watches: [{name: a, kind: auth, kpi: latency, false-alarm-every: 2d, failures-min: -1}]",
        "watches: [{name: a, kind: auth, kpi: latency, where: {psp: x}, failures-min: 0,"
            + " false-alarm-every: 2d}]",
        "watches: [{name: a, kind: auth, kpi: latency, where: {kind: auth}, failures-min: 0}]",
        "watches: [{name: a, kind: auth, kpi: latency, where: {}, failures-min: 0}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, each: psp, failures-min: 9}]",
        "watches: [{name: a, kind: auth, kpi: latency, each: psp, failures-min: 0,"
            + " false-alarm-every: 2d}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, each: pps, failures-min: 9,"
            + " objective: {at-least: 0.9, over: 15m, events-min: 200}}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, failures-min: 9, objective: {over:"
            + " 15m, events-min: 200}}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, failures-min: 9, objective: {at-least:"
            + " 95, over: 15m, events-min: 200}}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, failures-min: 9, objective: {at-least:"
            + " 0.95, over: 15m}}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, failures-min: 9, objective: {at-least:"
            + " 0.95, at-most: 0.1, over: 15m, events-min: 200}}]",
        "watches: [{name: a, kind: auth, kpi: success_rate, where: {psp: x}, failures-min: 9,"
            + " false-alarm-every: 2d, objective: {at-least: 0.9, over: 15m, events-min: 200}}]",
        "routing: {default: {sms: p}}",
        "routing: {default: {pager: 'https://events.example'}}",
        "routing: {routes: [{name: a, match: {colour: red}, to: {chat: c}}]}",
        "routing: {routes: [{name: a, match: {severity: high}, to: {chat: c}}]}",
        "routing: {routes: [{name: a, match: {}, to: {}}]}",
        "routing: {routes: [{name: a, to: {chat: c}}]}",
        "silences: [{name: a, match: {}, author: b, from: 2026-12-01T02:00:00Z, until:"
            + " 2026-12-01T03:00:00Z}]",
        "silences: [{name: a, match: {}, author: b, reason: c, from: 2026-12-01T02:00:00Z}]",
        "inhibitions: [{name: a, reason: b, source: {}, target: {}}]",
        "inhibitions: [{name: a, reason: b, source: {}, target: {}, equal: [country]}]",
        "paging: {notify-from: sev9, page-from: sev2, page-evidence: 1}",
        "paging: {notify-from: sev3, page-from: sev2, page-evidence: 0.5}",
        "recovery: {quiet-for: 5m, reopen-within: 2h}",
        "maintenance: [{name: a, at: 02:00, for: 1h}]",
        "maintenance: [{name: a, slice: {pps: x}, at: 02:00, for: 1h}]",
        "maintenance: [{name: a, slice: {}, at: 25:00, for: 1h}]",
        "maintenance: [{name: a, slice: {}, at: 02:00, for: 1h, days: [sunday]}]",
        "holidays: [{name: a, dates: 2026-12-25, slice: {psp: x}}]",
        "playbooks: [{class: unknown, owner: us, statement: a, check: b, next: c, runbook: d,"
            + " signs: [{latency: up, onset: sudden, weight: 1}]}]",
        "playbooks: [{class: unknown, owner: us, statement: a, check: b, next: c, runbook: unknown,"
            + " signs: [{latency: slow, weight: 1}]}]",
      })
  void whatIsWrongIsWrongForBoth(String rules) throws IOException {
    assertThat(schema.validate(YAML.readTree(rules))).isNotEmpty();
    assertThat(isRead(rules)).isFalse();
  }

  private boolean isRead(String rules) throws IOException {
    try {
      RuleBook.load(List.of(Files.writeString(folder.resolve("site.yaml"), rules)));
      return true;
    } catch (InvalidRules e) {
      return false;
    }
  }

  private Set<String> words(String at) {
    return new TreeSet<>(
        StreamSupport.stream(text.at(at).spliterator(), false).map(JsonNode::asText).toList());
  }

  private static Set<String> symbols(Enum<?>[] symbols) {
    Collection<String> names =
        Arrays.stream(symbols).map(symbol -> symbol.name().toLowerCase(Locale.ROOT)).toList();
    return new TreeSet<>(names);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
