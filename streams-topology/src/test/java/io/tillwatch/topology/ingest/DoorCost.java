package io.tillwatch.topology.ingest;

import com.sun.management.ThreadMXBean;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.topology.bin.BinLookup;
import io.tillwatch.topology.bin.BinTable;
import io.tillwatch.topology.cell.SliceIndex;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prints what letting one event in costs, in time and heap; run by hand, no test. */
final class DoorCost {

  private static final int EVENTS = 20_000;
  private static final int ROUNDS = 50;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private DoorCost() {}

  public static void main(String[] args) {
    EmbeddedSchemaIds ids = EmbeddedSchemaIds.load();
    RecordReaders readers = RecordReaders.framed(ids);
    EventDoor careful =
        new EventDoor(IngestSettings.DEFAULT, readers, Map.of("auth", EventKind.AUTH));
    Door door = new Door(careful, new SliceIndex(), new SchemesOnly());
    byte[][] values = events(ids);
    long now = RandomEvents.NOW.toEpochMilli();
    for (int report = 0; report < 8; report++) {
      long heap = THREADS.getCurrentThreadAllocatedBytes();
      long start = THREADS.getCurrentThreadCpuTime();
      long sum = 0;
      for (int round = 0; round < ROUNDS; round++) {
        sum += admitted(door, values, now);
      }
      double events = (double) EVENTS * ROUNDS;
      System.out.printf(
          "%d bytes: %.0f ns, %.3f B of heap per event (%d)%n",
          values[0].length,
          (THREADS.getCurrentThreadCpuTime() - start) / events,
          (THREADS.getCurrentThreadAllocatedBytes() - heap) / events,
          sum);
    }
  }

  private static long admitted(Door door, byte[][] values, long nowMillis) {
    long sum = 0;
    for (byte[] value : values) {
      EventView view = door.admit(EventKind.AUTH, value, nowMillis);
      sum += view == null ? 0 : view.amountMinor + view.codes[1];
    }
    return sum;
  }

  private static byte[][] events(EmbeddedSchemaIds ids) {
    AvroSerde<AuthEvent> serde = new AvroSerde<>(AuthEvent.class, "auth", ids);
    RandomEvents events = new RandomEvents(1);
    Random random = new Random(2);
    byte[][] values = new byte[EVENTS][];
    for (int i = 0; i < EVENTS; i++) {
      int bin = 1_000_000 + (int) (2_000 * Math.pow(random.nextDouble(), 3));
      values[i] =
          serde.toBytes(
              new AuthEvent(
                  events
                      .usual(EventKind.AUTH)
                      .setEventId(new UUID(random.nextLong(), random.nextLong()).toString())
                      .setPaymentId(new UUID(random.nextLong(), random.nextLong()).toString())
                      .setBin("4" + bin)
                      .setIssuerCountry("DE")
                      .setScheme("visa")
                      .setMerchantAccount("merchant-account-" + random.nextInt(50))
                      .setConnectorVersion("gateway-2.4." + random.nextInt(3))
                      .setThreeDs(true)
                      .setLatencyMillis(120 + random.nextInt(1_000))
                      .setRawCode("05-DO-NOT-HONOR")
                      .build()));
    }
    Arrays.setAll(values, i -> values[i].clone()); // side by side, as a poll leaves them
    return values;
  }

  /** The built-in table. */
  private static final class SchemesOnly implements BinLookup {
    private final BinTable table = BinTable.of(List.of());

    @Override
    public int generation() {
      return 1;
    }

    @Override
    public @Nullable BinRange find(String bin) {
      return table.find(bin);
    }
  }
}
