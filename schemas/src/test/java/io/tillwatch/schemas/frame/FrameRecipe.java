package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.event.PaymentStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** What is done to a valid frame of an auth event to spoil it; see frames/malformed.txt. */
final class FrameRecipe {

  private static final int AUTH_ID = 1;

  private final Map<String, byte[]> fields = new LinkedHashMap<>();
  private byte[] header = Frame.header(AUTH_ID);

  private FrameRecipe() {
    PaymentStep step = Events.step().build();
    for (Schema.Field field : step.getSchema().getFields()) {
      fields.put(field.name(), encoded(field.schema(), step.get(field.pos())));
    }
  }

  static byte @Nullable [] cook(String step) {
    FrameRecipe recipe = new FrameRecipe();
    String[] words = step.strip().split("\\s+");
    return switch (words[0]) {
      case "null" -> null;
      case "replace" -> words.length == 1 ? new byte[0] : hex(words[1]);
      case "truncate" -> Arrays.copyOf(recipe.frame(), Integer.parseInt(words[1]));
      case "truncate-at" -> recipe.truncatedAt(words[1]);
      case "append" -> joined(recipe.frame(), hex(words[1]));
      case "append-self" -> joined(recipe.frame(), recipe.frame());
      case "id" -> recipe.withHeader(Frame.header(Integer.parseInt(words[1])));
      case "magic" -> recipe.withHeader(joined(hex(words[1]), new byte[] {0, 0, 0, AUTH_ID}));
      case "gzip" -> gzip(recipe.frame());
      case "field" -> recipe.withField(words[1], hex(words[2]));
      case "attribute-of" -> recipe.withAttributes(1, Integer.parseInt(words[1]));
      case "attributes" -> recipe.withAttributes(Integer.parseInt(words[1]), 1);
      default -> throw new IllegalArgumentException("unknown step: " + step);
    };
  }

  static byte[] valid() {
    return new FrameRecipe().frame();
  }

  private byte[] frame() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    fields.values().forEach(out::writeBytes);
    return out.toByteArray();
  }

  private byte[] truncatedAt(String name) {
    int length = header.length + 1;
    for (Map.Entry<String, byte[]> field : fields.entrySet()) {
      if (field.getKey().equals(name)) {
        return Arrays.copyOf(frame(), length);
      }
      length += field.getValue().length;
    }
    throw new IllegalArgumentException("no field " + name);
  }

  private byte[] withHeader(byte[] other) {
    header = other;
    return frame();
  }

  private byte[] withField(String name, byte[] bytes) {
    if (fields.put(name, bytes) == null) {
      throw new IllegalArgumentException("no field " + name);
    }
    return frame();
  }

  private byte[] withAttributes(int count, int length) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      attributes.put("k" + i, "x".repeat(length));
    }
    Schema schema = PaymentStep.getClassSchema().getField("attributes").schema();
    return withField("attributes", encoded(schema, attributes));
  }

  private static byte[] encoded(Schema schema, @Nullable Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<Object>(schema, SpecificData.getForClass(PaymentStep.class))
          .write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
