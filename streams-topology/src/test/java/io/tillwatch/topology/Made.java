package io.tillwatch.topology;

import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/** What a recipe of {@code vectors.txt} makes of a valid auth event: records, ready to be sent. */
public final class Made {

  private static final byte[] KEY = "pay-e1".getBytes(StandardCharsets.UTF_8);
  private static final String RAW_CODE = "RC-77";

  private Made() {}

  public static List<TestRecord<byte[], byte[]>> from(Driven driven, String recipe)
      throws IOException {
    int space = recipe.indexOf(' ');
    String verb = space < 0 ? recipe : recipe.substring(0, space);
    String rest = space < 0 ? "" : recipe.substring(space + 1);
    byte[] base = RefusalsTest.frame(driven, driven.step("e1"));
    return switch (verb) {
      case "json" -> one(driven, "{\"eventId\":\"e1\"}".getBytes(StandardCharsets.UTF_8));
      case "gzip" -> one(driven, gzip(base));
      case "splice" -> one(driven, splice(driven, rest.split(" ")[0], rest.split(" ")[1]));
      case "key" -> List.of(record(key(rest), base, new RecordHeaders(), driven.now()));
      case "headers" -> List.of(record(KEY, base, headers(Integer.parseInt(rest)), driven.now()));
      case "header" -> List.of(record(KEY, base, header(rest), driven.now()));
      case "record-time" -> {
        Instant time = Instant.ofEpochMilli(Long.parseLong(rest));
        yield List.of(record(KEY, base, new RecordHeaders(), time));
      }
      case "copies" -> Collections.nCopies(Integer.parseInt(rest), one(driven, base).getFirst());
      case "other-amount" -> {
        PaymentStep.Builder other = driven.step("e1").setAmountMinor(99);
        yield List.of(
            one(driven, base).getFirst(),
            one(driven, RefusalsTest.frame(driven, other)).getFirst());
      }
      case "capture-first" -> one(driven, base);
      default -> one(driven, RefusalsTest.spoilt(driven, recipe));
    };
  }

  /** A capture whose auth is 5 s older. */
  static TestRecord<byte[], byte[]> capture(Driven driven) {
    PaymentStep step =
        driven
            .step("c1")
            .setPaymentId("pay-e1")
            .setEventTime(driven.now().plusSeconds(5))
            .setOutcome(Outcome.SUCCEEDED)
            .build();
    byte[] value =
        driven.topics.capture().valueSerde().serializer().serialize("", new CaptureEvent(step));
    return one(driven, value).getFirst();
  }

  private static List<TestRecord<byte[], byte[]>> one(Driven driven, byte[] value) {
    return List.of(record(KEY, value, new RecordHeaders(), driven.now()));
  }

  private static TestRecord<byte[], byte[]> record(
      byte[] key, byte[] value, Headers headers, Instant time) {
    return new TestRecord<>(key, value, headers, time);
  }

  private static byte[] key(String written) {
    return switch (written) {
      case "null" -> null;
      case "<ff64>" -> filled(64);
      default -> written.getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }

  private static Headers headers(int count) {
    Headers headers = new RecordHeaders();
    for (int i = 0; i < count; i++) {
      headers.add("h" + i, filled(100));
    }
    return headers;
  }

  private static Headers header(String written) {
    String[] pair = written.split("=", 2);
    byte[] value = RefusalsTest.text(pair[1]).getBytes(StandardCharsets.UTF_8);
    return new RecordHeaders().add(pair[0], value);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  /** The event with the bytes of one field replaced, length or union index included. */
  private static byte[] splice(Driven driven, String field, String hex) {
    byte[] base = RefusalsTest.frame(driven, driven.step("e1").setRawCode(RAW_CODE));
    byte[] with = HexFormat.of().parseHex(hex);
    return switch (field) {
      case "eventId" -> replaced(base, indexOf(base, "e1") - 1, 1 + 2, with);
      case "psp" -> replaced(base, indexOf(base, "northpay") - 1, 1 + 8, with);
      case "rawCode" -> replaced(base, indexOf(base, RAW_CODE) - 2, 2 + RAW_CODE.length(), with);
      case "outcome" -> replaced(base, outcomeAt(driven, base), 1, with);
      case "attributes" -> replaced(base, base.length - 1, 1, with);
      default -> throw new IllegalArgumentException("no field '" + field + "' to splice");
    };
  }

  /** Where events that differ in nothing but the outcome differ. */
  private static int outcomeAt(Driven driven, byte[] base) {
    PaymentStep.Builder other = driven.step("e1").setRawCode(RAW_CODE).setOutcome(Outcome.DECLINED);
    return Arrays.mismatch(base, RefusalsTest.frame(driven, other));
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] with) {
    return ByteBuffer.allocate(bytes.length - length + with.length)
        .put(bytes, 0, at)
        .put(with)
        .put(bytes, at + length, bytes.length - at - length)
        .array();
  }
}
