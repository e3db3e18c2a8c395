package io.tillwatch.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.replay.Recount.Count;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySourceTest {

  private static final String FIELDS =
      """
      fields:
        eventId: {template: "e-{id}"}
        eventTime: {column: time}
        paymentId: {column: payment}
        psp: {column: psp}
        region: {constant: eu}
        currency: {constant: EUR}
        amountMinor: {column: amount, scale: 100}
        outcome: {column: ok, lookup: {"1": approved, "0": declined}}
      """;
  private static final String CSV_MAPPING = "format: csv\nevent: auth\n" + FIELDS;

  @TempDir private Path folder;

  private Mapping mapping(String text) throws IOException {
    return Mapping.read(Files.writeString(folder.resolve("m.yaml"), text));
  }

  private Path data(String text) throws IOException {
    return Files.writeString(folder.resolve("rows"), text);
  }

  /** All events, and what is known at the end. */
  private record Replayed(List<PaymentStep> steps, ReplayCounts counts, Recount recount) {}

  private Replayed replay(String mapping, Path data) throws IOException {
    try (ReplaySource source = ReplaySource.open(data, mapping(mapping))) {
      List<PaymentStep> steps = new ArrayList<>();
      for (Delivery next = source.next(); next != null; next = source.next()) {
        steps.add(((AuthEvent) next.event()).getStep());
        assertThat(next.key()).isEqualTo(steps.getLast().getPaymentId());
        assertThat(next.atMillis()).isEqualTo(steps.getLast().getEventTime().toEpochMilli());
      }
      return new Replayed(steps, source.counts(), source.recount());
    }
  }

  @Test
  void aRowBecomesAnEvent() throws IOException {
    Replayed all =
        replay(
            CSV_MAPPING, data("id,time,payment,psp,amount,ok\n7,2019-01-01T00:01:11Z,p1,a,89,1\n"));
    PaymentStep step = all.steps.getFirst();
    assertThat(step.getEventId()).isEqualTo("e-7");
    assertThat(step.getEventTime()).isEqualTo(Instant.parse("2019-01-01T00:01:11Z"));
    assertThat(step.getPaymentId()).isEqualTo("p1");
    assertThat(step.getAttempt()).isEqualTo(1);
    assertThat(step.getPsp()).isEqualTo("a");
    assertThat(step.getRegion()).isEqualTo("eu");
    assertThat(step.getMethod()).isEqualTo("card");
    assertThat(step.getAmountMinor()).isEqualTo(8_900);
    assertThat(step.getOutcome()).isEqualTo(Outcome.APPROVED);
    assertThat(step.getBin()).isNull();
    assertThat(step.getThreeDs()).isNull();
  }

  @Test
  void csvIsReadAsRfc4180SaysIt() throws IOException {
    String text =
        "\uFEFFid,time,payment,psp,amount,ok\r\n"
            + "1,2019-01-01T00:00:00Z,\"p,1\",\"the \"\"big\"\" one\",1.50,1\r\n"
            + "\r\n"
            + "2,2019-01-01T00:00:01Z,p2,\"two\nlines\",2,0\r\n"
            + "3,2019-01-01T00:00:02Z,p3,ü,3,0";
    Replayed all = replay(CSV_MAPPING, data(text));
    assertThat(all.steps)
        .extracting(PaymentStep::getPaymentId, PaymentStep::getPsp, PaymentStep::getAmountMinor)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("p,1", "the \"big\" one", 150L),
            org.assertj.core.groups.Tuple.tuple("p2", "two\nlines", 200L),
            org.assertj.core.groups.Tuple.tuple("p3", "ü", 300L));
  }

  @Test
  void badRowsAreCountedAndSaidWithTheirLineAndTheirNeighboursKept() throws IOException {
    String text =
        """
        id,time,payment,psp,amount,ok
        1,2019-01-01T00:00:00Z,p1,a,1,1
        2,yesterday,p2,a,1,1
        3,2019-01-01T00:00:00Z,p3,a,1.234,1
        4,2019-01-01T00:00:00Z,p4,,1,1
        5,2019-01-01T00:00:00Z,p5,a,1,maybe
        6,2019-01-01T00:00:00Z,p6,a
        7,2019-01-01T00:00:00Z,p7,a,1,0
        """;
    Replayed all = replay(CSV_MAPPING, data(text));
    String rows = folder.resolve("rows").toString();
    assertThat(all.steps).extracting(PaymentStep::getEventId).containsExactly("e-1", "e-7");
    assertThat(all.counts.rows()).isEqualTo(7);
    assertThat(all.counts.events()).isEqualTo(2);
    assertThat(all.counts.badRows()).isEqualTo(5);
    assertThat(all.counts.problems())
        .containsExactly(
            rows + ":3: eventTime is 'yesterday', expected a time, such as 2026-01-31T23:59:59Z",
            rows
                + ":4: amountMinor is '1.234', expected a whole number from 0 to 1000000000000000"
                + " after times 100",
            rows + ":5: psp is empty, expected a value",
            rows + ":6: outcome is 'maybe', expected one of 1, 0",
            rows + ":7: 4 columns, expected 6 as in the header");
  }

  @Test
  void whatIsNoJsonIsSaidByPlaceAndNeverByContent() throws IOException {
    String text =
        """
        {"id": 4111111111111111x}
        {"card": "4111111111111111
        {"id": 1e400}
        {"id": 1} pan4111111111111111
        """;
    Replayed all = replay(CSV_MAPPING.replace("csv", "jsonl"), data(text));
    String rows = folder.resolve("rows").toString();
    assertThat(all.counts.problems())
        .hasSize(4)
        .allSatisfy(problem -> assertThat(problem).doesNotContain("41111111"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith(rows + ":1: no JSON: error at column 24"))
        .anySatisfy(problem -> assertThat(problem).startsWith(rows + ":3: a number beyond "));
  }

  @Test
  void cardNumbersAreHiddenWhateverSeparatesTheirDigits() {
    assertThat(Shown.of("4111_1111/1111–1111")).isEqualTo("'[digits]'");
    assertThat(Shown.of("٤١١١١١١١١١١١١١١١")).isEqualTo("'[digits]'");
    assertThat(Shown.of("yesterday, 12:30")).isEqualTo("'yesterday, 12:30'");
  }

  @Test
  void aMappingThatSaysAbortStopsAtTheFirstBadRow() throws IOException {
    Path rows = data("id,time,payment,psp,amount,ok\n1,x,p1,a,1,1\n");
    assertThatThrownBy(() -> replay("onBadRow: abort\n" + CSV_MAPPING, rows))
        .isInstanceOf(ReplayStopped.class)
        .hasMessageContaining("rows:2: eventTime is 'x'");
  }

  @Test
  void aMessageNeverShowsACardNumber() throws IOException {
    String mapping = CSV_MAPPING + "  bin: {column: card}\n";
    Path rows =
        data(
            "id,time,payment,psp,amount,ok,card\n"
                + "1,2019-01-01T00:00:00Z,p1,a,1,1,4111 1111-11111111\n");
    String problem = replay(mapping, rows).counts.problems().getFirst();
    assertThat(problem)
        .endsWith("bin is '[digits]', expected the first 6 or 8 digits and no more")
        .doesNotContain("1111 1111", "1111-1111");
  }

  @Test
  void aColumnThatTheFileLacksIsSaidWithThePlaceInTheMapping() throws IOException {
    Path rows = data("id,time,payment,psp,sum,ok\n");
    assertThatThrownBy(() -> replay(CSV_MAPPING, rows))
        .hasMessageContaining("m.yaml:10: column 'amount' is not in")
        .hasMessageContaining("id, time, payment, psp, sum, ok");
  }

  @Test
  void aQuoteThatIsNeverClosedEndsTheReplayWithItsPlace() throws IOException {
    Path rows = data("id,time,payment,psp,amount,ok\n1,2019-01-01T00:00:00Z,\"p1,a,1,1\n2,x\n");
    assertThatThrownBy(() -> replay(CSV_MAPPING, rows))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rows:2: no CSV from here on");
  }

  @Test
  void jsonLinesAreReadByPathAndBadLinesSkipped() throws IOException {
    String mapping =
        "format: jsonl\nevent: auth\n" + FIELDS.replace("column: psp", "column: p.name");
    String text =
        """
        {"id":1,"time":"2019-01-01T00:00:00Z","payment":"p1","p":{"name":"a"},"amount":12,"ok":1}
        {"id":2,"time"

        [1]
        {"id":3,"time":"2019-01-01T00:00:00Z","payment":"p3","p":{"name":"b"},"amount":1e1,"ok":0}
        """;
    Replayed all = replay(mapping, data(text));
    assertThat(all.steps).extracting(PaymentStep::getPsp).containsExactly("a", "b");
    assertThat(all.steps).extracting(PaymentStep::getAmountMinor).containsExactly(1_200L, 1_000L);
    assertThat(all.counts.badRows()).isEqualTo(2);
    assertThat(all.counts.problems().get(0)).contains("rows:2: no JSON");
    assertThat(all.counts.problems().get(1)).contains("rows:4: no JSON object");
  }

  @Test
  void avroContainersAreReadByFieldPath() throws IOException {
    Schema provider = SchemaBuilder.record("Provider").fields().requiredString("name").endRecord();
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .requiredLong("id")
            .requiredLong("time")
            .optionalString("payment")
            .name("provider")
            .type(provider)
            .noDefault()
            .requiredDouble("amount")
            .requiredBoolean("ok")
            .endRecord();
    Path file = folder.resolve("rows.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, file.toFile());
      for (String payment : new String[] {"p1", null}) {
        writer.append(
            new GenericRecordBuilder(schema)
                .set("id", 1L)
                .set("time", 1_546_300_800_000L)
                .set("payment", payment)
                .set("provider", new GenericRecordBuilder(provider).set("name", "a").build())
                .set("amount", 12.5)
                .set("ok", true)
                .build());
      }
    }
    String mapping =
        "format: avro\nevent: auth\n"
            + FIELDS
                .replace("column: psp", "column: provider.name")
                .replace("{column: time}", "{column: time, format: epoch-millis}")
                .replace("\"1\": approved, \"0\": declined", "\"true\": approved");
    Replayed all = replay(mapping, file);
    assertThat(all.steps)
        .singleElement()
        .satisfies(step -> {
          assertThat(step.getPsp()).isEqualTo("a");
          assertThat(step.getAmountMinor()).isEqualTo(1_250);
          assertThat(step.getEventTime()).isEqualTo(Instant.parse("2019-01-01T00:00:00Z"));
        });
    assertThat(all.counts.problems().getFirst())
        .endsWith(":2: paymentId is empty, expected a value");
  }

  @Test
  void attemptsOfOnePurchaseShareItsPayment() throws IOException {
    String mapping =
        CSV_MAPPING.replace("  paymentId: {column: payment}\n", "")
            + "payment: {same: [payment, amount], within: 60s}\n";
    String text =
        """
        id,time,payment,psp,amount,ok
        1,2019-01-01T00:00:00Z,DE,a,89,0
        2,2019-01-01T00:00:10Z,AT,a,89,0
        3,2019-01-01T00:00:20Z,DE,b,89,0
        4,2019-01-01T00:00:30Z,DE,b,89,1
        5,2019-01-01T00:00:40Z,DE,a,89,0
        6,2019-01-01T00:01:40Z,DE,a,89,0
        7,2019-01-01T00:01:41Z,DE,a,89,1
        """;
    assertThat(replay(mapping, data(text)).steps)
        .extracting(step -> step.getPaymentId() + " " + step.getAttempt())
        .containsExactly("e-1 1", "e-2 1", "e-1 2", "e-1 3", "e-5 1", "e-5 2", "e-7 1");
  }

  @Test
  void theRecountAddsUpByPspAndCountry() throws IOException {
    String mapping = CSV_MAPPING + "  issuerCountry: {column: country}\n";
    String text =
        """
        id,time,payment,psp,amount,ok,country
        1,2019-01-02T00:00:00Z,p1,a,1,1,DE
        2,2019-01-01T00:00:00Z,p2,a,1,0,DE
        3,2019-01-03T00:00:00Z,p3,a,1,1,
        4,2019-01-02T00:00:00Z,p4,b,1,0,AT
        """;
    Replayed all = replay(mapping, data(text));
    assertThat(all.recount.total()).isEqualTo(new Count(4, 2));
    assertThat(all.recount.byPsp()).isEqualTo(Map.of("a", new Count(3, 2), "b", new Count(1, 0)));
    assertThat(all.recount.byPspAndCountry().get("a"))
        .isEqualTo(Map.of("DE", new Count(2, 1), "none", new Count(1, 1)));
    assertThat(all.counts.firstEventTime()).isEqualTo(Instant.parse("2019-01-01T00:00:00Z"));
    assertThat(all.counts.lastEventTime()).isEqualTo(Instant.parse("2019-01-03T00:00:00Z"));
  }

  @Test
  void refundsAndWebhooksAreMappedToo() throws IOException {
    String base = FIELDS.replace("\"1\": approved, \"0\": declined", "\"1\": OK, \"0\": failed");
    String refund =
        "format: csv\nevent: refund\n"
            + base.replace("OK", "succeeded")
            + "  refundId: {template: \"r-{id}\"}\n"
            + "  requestedAt: {column: asked, format: \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin}\n"
            + "  reason: {column: why, lookup: {x: gateway_error}, otherwise: unknown}\n";
    String row =
        "id,time,payment,psp,amount,ok,asked,why\n"
            + "1,2019-01-01T00:00:00+01:00,p1,a,1,0,31.12.2018 12:30,x\n";
    try (ReplaySource source = ReplaySource.open(data(row), mapping(refund))) {
      Delivery delivery = source.next();
      assertThat(source.counts().problems()).isEmpty();
      RefundEvent event = (RefundEvent) java.util.Objects.requireNonNull(delivery).event();
      assertThat(event.getRefundId()).isEqualTo("r-1");
      assertThat(event.getRequestedAt()).isEqualTo(Instant.parse("2018-12-31T11:30:00Z"));
      assertThat(event.getStep().getEventTime()).isEqualTo(Instant.parse("2018-12-31T23:00:00Z"));
      assertThat(event.getStep().getReason()).isEqualTo(Reason.GATEWAY_ERROR);
    }
    String webhook =
        "format: csv\nevent: webhook\n"
            + base.replace("OK", "delivered")
            + "  pspEventType: {constant: AUTHORISATION}\n"
            + "  pspEventTime: {column: asked, format: epoch-seconds}\n"
            + "  httpStatus: {column: why}\n";
    String hook =
        "id,time,payment,psp,amount,ok,asked,why\n"
            + "1,2019-01-01T00:00:00Z,p1,a,1,1,1546300799.5,200\n";
    try (ReplaySource source = ReplaySource.open(data(hook), mapping(webhook))) {
      Delivery delivery = source.next();
      assertThat(source.counts().problems()).isEmpty();
      WebhookEvent event = (WebhookEvent) java.util.Objects.requireNonNull(delivery).event();
      assertThat(event.getHttpStatus()).isEqualTo(200);
      assertThat(event.getPspEventTime()).isEqualTo(Instant.parse("2018-12-31T23:59:59.500Z"));
    }
  }
}
