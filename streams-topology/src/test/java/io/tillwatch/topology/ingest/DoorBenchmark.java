package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.topology.bin.BinLookup;
import io.tillwatch.topology.bin.BinTable;
import io.tillwatch.topology.cell.SliceIndex;
import io.tillwatch.topology.delivery.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What letting one usual event in costs: decode, validate, refuse card numbers, number its leaf.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DoorBenchmark {

  private static final int EVENTS = 20_000;

  private final long now = RandomEvents.NOW.toEpochMilli();
  private Value[] values = {};
  private final EventView view = new EventView();
  private @Nullable Door door;
  private int next;

  @Setup
  public void fill() {
    EmbeddedSchemaIds ids = EmbeddedSchemaIds.load();
    EventDoor careful =
        new EventDoor(
            IngestSettings.DEFAULT, RecordReaders.framed(ids), Map.of("auth", EventKind.AUTH));
    door = new Door(careful, new SliceIndex(), new SchemesOnly());
    values = events(ids);
  }

  @Benchmark
  public Object admit() {
    next = next + 1 == EVENTS ? 0 : next + 1;
    Objects.requireNonNull(door).admit(EventKind.AUTH, values[next], now, view);
    return view;
  }

  private static Value[] events(EmbeddedSchemaIds ids) {
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
    return sideBySide(values);
  }

  /** As a poll leaves them. */
  private static Value[] sideBySide(byte[][] values) {
    byte[] all = new byte[Arrays.stream(values).mapToInt(value -> value.length).sum()];
    Value[] placed = new Value[values.length];
    int from = 0;
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(values[i], 0, all, from, values[i].length);
      placed[i] = Value.within(all, from, values[i].length);
      from += values[i].length;
    }
    return placed;
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
