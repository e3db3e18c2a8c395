package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.topology.ingest.IngestCounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of {@code refusals.txt}: a valid event, spoilt as the recipe says, ends as expected;
 * the valid event after it is counted; and nothing of a card number is in the dead letter.
 */
class RefusalsTest {

  static final String PAN = "4111111111111111";

  static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RefusalsTest.class.getResourceAsStream("refusals.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void endsAsExpectedAndTheNextOneIsCounted(String line) {
    String[] columns = line.split("\\s*\\|\\s*");
    String expected = columns[2].strip();
    try (Driven driven = Driven.withDefaults()) {
      driven.sendBytes(driven.topics.auth(), "k", spoilt(driven, columns[1]));
      driven.auth(driven.step("after"));
      List<DeadLetter> letters = driven.drain(driven.topics.deadLetters());
      IngestCounts counts = driven.counts(EventKind.AUTH);
      assertThat(counts.received()).isEqualTo(2);
      if (expected.startsWith("ACCEPTED")) {
        assertThat(letters).isEmpty();
        assertThat(counts.accepted()).isEqualTo(2);
        assertThat(counts.redacted()).isEqualTo(expected.equals("ACCEPTED_REDACTED") ? 1 : 0);
      } else {
        assertThat(counts.accepted()).isEqualTo(1);
        assertThat(letters).extracting(l -> l.getReason().name()).containsExactly(expected);
        assertLocatesAndTellsNothing(letters.getFirst());
        assertThat(counts.maxEventTimeMillis()).isEqualTo(Driven.START.toEpochMilli());
      }
    }
  }

  private static void assertLocatesAndTellsNothing(DeadLetter letter) {
    assertThat(letter.getSourceTopic()).isEqualTo("payments.auth");
    assertThat(letter.getSourcePartition()).isZero();
    assertThat(letter.getSourceOffset()).isZero();
    assertThat(letter.getValueHash()).hasSize(64);
    assertThat(letter.toString()).doesNotContain(PAN, "4111 1111", "411111111111");
    assertThat(letter.getDetail()).hasSizeLessThanOrEqualTo(512);
  }

  static byte[] spoilt(Driven driven, String recipe) {
    int space = recipe.indexOf(' ');
    String verb = space < 0 ? recipe : recipe.substring(0, space);
    String rest = space < 0 ? "" : recipe.substring(space + 1);
    byte[] base = frame(driven, driven.step("e1"));
    return switch (verb) {
      case "null" -> null;
      case "empty" -> new byte[0];
      case "keep" -> Arrays.copyOf(base, Integer.parseInt(rest));
      case "shorten" -> Arrays.copyOf(base, base.length - Integer.parseInt(rest));
      case "grow" -> Arrays.copyOf(base, Integer.parseInt(rest));
      case "magic" -> withByte(base, 0, Integer.decode(rest));
      case "byte" ->
          withByte(base, Integer.decode(rest.split(" ")[0]), Integer.decode(rest.split(" ")[1]));
      case "schema" -> ByteBuffer.wrap(base).putInt(1, Integer.parseInt(rest)).array();
      case "append" -> concatenated(base, HexFormat.of().parseHex(rest));
      case "twice" -> concatenated(base, base);
      case "capture" -> capture(driven);
      case "time" ->
          frame(driven, driven.step("e1").setEventTime(driven.now().plus(Duration.parse(rest))));
      case "millis" ->
          frame(driven, driven.step("e1").setEventTime(Instant.ofEpochMilli(Long.parseLong(rest))));
      case "attributes" ->
          frame(driven, driven.step("e1").setAttributes(many(Integer.parseInt(rest))));
      case "attribute" -> attribute(driven, rest);
      default -> frame(driven, field(driven.step("e1"), verb, text(rest)));
    };
  }

  private static byte[] attribute(Driven driven, String rest) {
    String[] pair = rest.split("=", 2);
    return frame(driven, driven.step("e1").setAttributes(Map.of(pair[0], text(pair[1]))));
  }

  private static PaymentStep.Builder field(PaymentStep.Builder step, String name, String value) {
    return switch (name) {
      case "eventId" -> step.setEventId(value);
      case "paymentId" -> step.setPaymentId(value);
      case "attempt" -> step.setAttempt(Integer.parseInt(value));
      case "psp" -> step.setPsp(value);
      case "bin" -> step.setBin(value);
      case "region" -> step.setRegion(value);
      case "country" -> step.setIssuerCountry(value);
      case "merchantAccount" -> step.setMerchantAccount(value);
      case "currency" -> step.setCurrency(value);
      case "amount" -> step.setAmountMinor(Long.parseLong(value));
      case "latency" -> step.setLatencyMillis(Integer.parseInt(value));
      case "outcome" -> step.setOutcome(Outcome.valueOf(value));
      case "rawCode" -> step.setRawCode(value);
      default -> throw new IllegalArgumentException("no recipe '" + name + "'");
    };
  }

  /**
   * {@code <pan>} for a card number, {@code <x100>} for a hundred letters, {@code \n} and so on.
   */
  static String text(String written) {
    String value = written.replace("<pan>", PAN).replace("<pan spaced>", "4111 1111 1111 1111");
    if (value.matches("<x\\d+>")) {
      return "x".repeat(Integer.parseInt(value.substring(2, value.length() - 1)));
    }
    return value.translateEscapes();
  }

  private static Map<String, String> many(int count) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < count; i++) {
      attributes.put("k" + i, "v");
    }
    return attributes;
  }

  static byte[] frame(Driven driven, PaymentStep.Builder step) {
    return driven
        .topics
        .auth()
        .valueSerde()
        .serializer()
        .serialize(driven.topics.auth().name(), new AuthEvent(step.build()));
  }

  private static byte[] capture(Driven driven) {
    CaptureEvent event = new CaptureEvent(driven.step("e1").setOutcome(Outcome.SUCCEEDED).build());
    return driven.topics.capture().valueSerde().serializer().serialize("", event);
  }

  private static byte[] withByte(byte[] base, int at, int value) {
    base[at] = (byte) value;
    return base;
  }

  private static byte[] concatenated(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }
}
