package io.tillwatch.schemas.frame;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Random values of a schema, the same for the same seed. */
final class RandomRecords {

  private static final String[] TEXTS = {"", "a", "northpay", "zahlung-ü", "支付", "x😀y", "eu-west"};

  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  @Nullable Object of(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(20)));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case ENUM -> symbol(schema);
      case UNION -> of(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case ARRAY -> array(schema);
      case MAP -> map(schema);
      case RECORD -> record(schema);
    };
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Object symbol(Schema schema) {
    int index = random.nextInt(schema.getEnumSymbols().size());
    return new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(index));
  }

  private Object array(Schema schema) {
    int size = random.nextInt(4);
    GenericData.Array<@Nullable Object> array = new GenericData.Array<>(size, schema);
    for (int i = 0; i < size; i++) {
      array.add(of(schema.getElementType()));
    }
    return array;
  }

  private Object map(Schema schema) {
    Map<String, @Nullable Object> map = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text() + i, of(schema.getValueType()));
    }
    return map;
  }

  private Object record(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), of(field.schema()));
    }
    return record;
  }
}
