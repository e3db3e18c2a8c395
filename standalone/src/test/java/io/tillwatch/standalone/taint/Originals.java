package io.tillwatch.standalone.taint;

import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.RulesFile;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** A record for each topic that others write to, which is taken as it is. */
final class Originals {

  static final String PSP = "s3control";
  private static final long FIRST_BIN = 99_000_000;

  private final Instant now;
  private final String incidentId;

  /**
   * Records of a moment.
   *
   * @param incidentId what commands are about
   */
  Originals(Instant now, String incidentId) {
    this.now = now;
    this.incidentId = incidentId;
  }

  /**
   * What Tillwatch alone writes, and reads as it wrote it: nothing is put in there from outside.
   */
  static List<Topic<?, ?>> ownOf(Topics topics) {
    return List.of(
        topics.deadLetters(),
        topics.anomalies(),
        topics.bursts(),
        topics.incidents(),
        topics.incidentLog(),
        topics.advice(),
        topics.actions(),
        topics.actionResults(),
        topics.chainHeads(),
        topics.modelCalls());
  }

  /** What others write to. */
  static List<Topic<?, ?>> inputsOf(Topics topics) {
    List<Topic<?, ?>> own = ownOf(topics);
    return topics.all().stream().filter(topic -> !own.contains(topic)).toList();
  }

  /**
   * A record of its own, of this type.
   *
   * @throws IllegalStateException when nobody has said how one looks
   */
  SpecificRecord of(Class<?> type, int number) {
    return switch (type.getSimpleName()) {
      case "AuthEvent" -> new AuthEvent(step(number, Outcome.APPROVED));
      case "CaptureEvent" -> new CaptureEvent(step(number, Outcome.SUCCEEDED));
      case "RefundEvent" ->
          new RefundEvent(step(number, Outcome.SUCCEEDED), "refund-" + number, now);
      case "WebhookEvent" ->
          new WebhookEvent(step(number, Outcome.DELIVERED), "AUTHORISATION", now, 1, 200);
      case "SettlementEvent" ->
          new SettlementEvent(step(number, Outcome.REPORTED), 10L, 10L, 1_000L, 1_000L);
      case "DisputeEvent" ->
          new DisputeEvent(step(number, Outcome.OPENED), "dispute-" + number, now);
      case "ChangeEvent" -> change(number);
      case "StatusEvent" -> status(number);
      case "BinRange" -> range(number);
      case "ExternalAlert" -> alert(number);
      case "Command" -> note(number);
      case "RulesFile" -> rules(number);
      default -> throw new IllegalStateException("say how a valid %s looks".formatted(type));
    };
  }

  private PaymentStep step(int number, Outcome outcome) {
    return PaymentStep.newBuilder()
        .setEventId("event-" + number)
        .setEventTime(now)
        .setPaymentId("payment-" + number)
        .setPsp(PSP)
        .setBin("41111111")
        .setRegion("eu-west")
        .setIssuerCountry("DE")
        .setScheme("visa")
        .setCurrency("EUR")
        .setAmountMinor(4_900)
        .setMerchantAccount("acme-de")
        .setConnectorVersion("2.14.0")
        .setThreeDs(true)
        .setLatencyMillis(200)
        .setOutcome(outcome)
        .setReason(Reason.DO_NOT_HONOR)
        .setRawCode("05")
        .setAttributes(Map.of("channel", "web"))
        .build();
  }

  private ChangeEvent change(int number) {
    return ChangeEvent.newBuilder()
        .setEventId("change-" + number)
        .setEventTime(now)
        .setType(ChangeType.DEPLOY)
        .setTitle("connector 2.14." + number)
        .setScope(Map.of("psp", PSP))
        .setAuthor("ada")
        .setLink("https://git.example/acme/connector")
        .build();
  }

  private StatusEvent status(int number) {
    return StatusEvent.newBuilder()
        .setEventId("notice-" + number)
        .setEventTime(now)
        .setPsp(PSP)
        .setComponent("Card processing")
        .setIndicator(StatusIndicator.MAJOR)
        .setTitle("Elevated errors " + number)
        .setStartedAt(now)
        .setLink("https://status.example/incidents/1")
        .build();
  }

  private static BinRange range(int number) {
    String bin = Long.toString(FIRST_BIN + number);
    return new BinRange("range-" + number, bin, bin, "A Bank", "visa", "DE", "debit");
  }

  private ExternalAlert alert(int number) {
    return ExternalAlert.newBuilder()
        .setAlertId("alert-" + number)
        .setSource("alertmanager")
        .setName("HighErrorRate")
        .setLabels(Map.of("psp", PSP))
        .setSummary("errors of s3control " + number)
        .setLink("https://grafana.example/d/1")
        .setStartsAt(now)
        .setAt(now)
        .build();
  }

  private Command note(int number) {
    return Command.newBuilder()
        .setCommandId("command-" + number)
        .setTenant("default")
        .setIncidentId(incidentId)
        .setVerb(CommandVerb.NOTE)
        .setAuthor("ada")
        .setReason("seen " + number)
        .setConfirmedCause("")
        .setInto("INC-0")
        .setBurstIds(List.of("b"))
        .setChannel("api")
        .setAt(now)
        .build();
  }

  private RulesFile rules(int number) {
    String yaml =
        """
        silences:
          - name: work-%d
            match: {psp: nobody}
            author: ada
            reason: planned
            from: %s
            until: %s
        """
            .formatted(number, now, now.plus(Duration.ofHours(1)));
    return new RulesFile("work-%d.yaml".formatted(number), yaml, "ada", "planned", now);
  }

  /** The key it is written under. */
  static String keyOf(SpecificRecord record, int number) {
    return switch (record) {
      case BinRange range -> range.getStart();
      case RulesFile file -> file.getName();
      default -> "key-" + number;
    };
  }
}
