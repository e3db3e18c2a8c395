package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.event.AuthEvent;

/** Prints what reading one event costs; run by hand, no test. */
final class DecodeCost {

  private static final int ROUND = 1_000_000;

  private DecodeCost() {}

  public static void main(String[] args) throws MalformedFrame {
    EmbeddedSchemaIds ids = EmbeddedSchemaIds.load();
    AvroSerde<AuthEvent> serde = new AvroSerde<>(AuthEvent.class, "payments.auth-value", ids);
    FramedReader<AuthEvent> reader = new FramedReader<>(AuthEvent.class, ids, FrameLimits.EVENT);
    byte[] bytes = serde.toBytes(Events.auth());
    FieldReader<AuthEvent> fields =
        new FieldReader<>(reader, FieldReaderTest.paths(AuthEvent.getClassSchema()));
    FieldView view = fields.view();
    long sum = 0;
    for (int round = 0; round < 6; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < ROUND; i++) {
        sum += reader.read(bytes).value().getStep().getAmountMinor();
      }
      long read = System.nanoTime() - start;
      start = System.nanoTime();
      for (int i = 0; i < ROUND; i++) {
        sum += fields.read(bytes, view) ? 1 : 0;
      }
      long viewed = System.nanoTime() - start;
      start = System.nanoTime();
      for (int i = 0; i < ROUND; i++) {
        sum += serde.toBytes(Events.auth()).length;
      }
      long written = System.nanoTime() - start;
      System.out.printf(
          "%d bytes: read %d ns, fields alone %d ns, build and write %d ns per event (%d)%n",
          bytes.length, read / ROUND, viewed / ROUND, written / ROUND, sum);
    }
  }
}
