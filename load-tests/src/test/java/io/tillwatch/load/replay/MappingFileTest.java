package io.tillwatch.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.load.yaml.YamlMap;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingFileTest {

  private static final String GOOD =
      """
      format: csv
      event: auth
      fields:
        eventId: {column: id}
        eventTime: {column: time}
        paymentId: {column: id}
        psp: {column: psp}
        region: {constant: eu}
        currency: {constant: EUR}
        amountMinor: {column: amount}
        outcome: {column: ok, lookup: {"1": approved, "0": declined}}
      """;

  private static Mapping parse(String text) {
    return MappingFile.parse(YamlMap.read("m.yaml", new StringReader(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "format: csv | format: xml | m.yaml:1: format is 'xml', expected one of avro, csv, jsonl",
        "event: auth | event: dispute | m.yaml:2: event is 'dispute', expected one of auth",
        "psp: {column: psp} | pspp: {column: psp} | m.yaml:7: unknown field 'pspp'",
        "psp: {column: psp} | method: {column: psp} | m.yaml:4: 'psp' is missing",
        "psp: {column: psp} | psp: psp | m.yaml:7: 'psp' is no mapping",
        "psp: {column: psp} | psp: {column: a, constant: b} | m.yaml:7: expected exactly one of",
        "psp: {column: psp} | psp: {lookup: {a: b}} | m.yaml:7: expected exactly one of column",
        "psp: {column: psp} | psp: {column: a, scale: 10} | m.yaml:7: only amountMinor has a scale",
        "psp: {column: psp} | psp: {column: a, format: iso} | m.yaml:7: only times have a format",
        "psp: {column: psp} | psp: {column: a, otherwise: b} | m.yaml:7: otherwise needs a lookup",
        "{column: amount} | {column: a, scale: much} | m.yaml:10: scale is 'much'",
        "{column: time} | {column: t, format: '{yy'} | m.yaml:5: ",
        "{column: time} | {column: t, format: iso, zone: Mars} | m.yaml:5: ",
        "approved | aproved | m.yaml:11: outcome 'aproved', expected one of approved, challenged",
        "approved | delivered | m.yaml:11: outcome 'delivered', expected one of approved",
        "paymentId: {column: id} | method: {constant: card} | expected either a field 'paymentId'",
      })
  void mistakesAreSaidWithFileAndLine(String good, String bad, String message) {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> parse(GOOD.replace(good, bad)))
        .isInstanceOf(InvalidYaml.class)
        .hasMessageStartingWith("m.yaml:")
        .hasMessageContaining(message);
  }

  @Test
  void aWebhookMappingNeedsWhatOnlyWebhooksHave() {
    String webhook = GOOD.replace("auth\n", "webhook\n").replace("approved", "delivered");
    assertThatThrownBy(() -> parse(webhook.replace("declined", "failed")))
        .hasMessageContaining("'pspEventType' is missing");
  }

  @Test
  void theShippedExampleIsAMapping() throws Exception {
    Mapping mapping = Mapping.read(Path.of("../examples/psp-2019.yaml"));
    assertThat(mapping.rules().purchase()).isNotNull();
    assertThat(mapping.rules().abortsOnBadRow()).isFalse();
  }
}
