package io.tillwatch.topology.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RecordReader;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.Driven;
import io.tillwatch.topology.Made;
import io.tillwatch.topology.VectorsTest;
import io.tillwatch.topology.bin.BinLookup;
import io.tillwatch.topology.bin.BinTable;
import io.tillwatch.topology.cell.SliceIndex;
import io.tillwatch.topology.delivery.Value;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the look at fields alone ends as the look at whole events does, with the same view of what
 * is let in, and makes no object. Method: two doors, of which one cannot read fields, see the same
 * values; the seed is in each message.
 */
class DoorTest {

  private static final long SEED = 20261120;
  private static final int EVENTS = 6_000;
  private static final EmbeddedSchemaIds IDS = EmbeddedSchemaIds.load();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Map<String, EventKind> TOPICS =
      Arrays.stream(EventKind.values()).collect(Collectors.toMap(EventKind::name, k -> k));

  private final Bins bins = new Bins();
  private final Side usual = new Side(RecordReaders.framed(IDS));
  private final Side whole = new Side(wholeEvents());

  /** Ranges that a test can change. */
  private static final class Bins implements BinLookup {
    private BinTable table = BinTable.of(List.of());
    private int generation = 1;

    void load(BinRange... ranges) {
      table = BinTable.of(List.of(ranges));
      generation++;
    }

    @Override
    public int generation() {
      return generation;
    }

    @Override
    public @Nullable BinRange find(String bin) {
      return table.find(bin);
    }
  }

  /** A door with numbers of its own. */
  private final class Side {
    private final SliceIndex index = new SliceIndex();
    private final Door door;
    private final EventView view = new EventView();
    private final SplittableRandom noise = new SplittableRandom(SEED);
    private int cleared;

    Side(RecordReaders readers) {
      door = new Door(new EventDoor(settings(), readers, TOPICS), index, bins);
    }

    /** What became of a value, without numbers of this door's own. */
    List<@Nullable Object> see(EventKind kind, byte @Nullable [] value) {
      Value of = value == null ? null : amongOthers(value);
      boolean isIn = door.admit(kind, of, RandomEvents.NOW.toEpochMilli(), view);
      if (!isIn && door.isFull()) {
        index.clear();
        cleared++;
        isIn = door.admit(kind, of, RandomEvents.NOW.toEpochMilli(), view);
      }
      return isIn ? told() : Arrays.asList(door.refusal());
    }

    /** Nothing of its neighbours may show. */
    private Value amongOthers(byte[] value) {
      int from = value.length % 13;
      byte[] all = new byte[from + value.length + 20];
      noise.nextBytes(all);
      System.arraycopy(value, 0, all, from, value.length);
      return Value.within(all, from, value.length);
    }

    private List<@Nullable Object> told() {
      return Arrays.asList(
          view.kind,
          view.eventTimeMillis,
          new String(view.id, view.idFrom, view.idLength, StandardCharsets.UTF_8),
          index.slice(index.number(view.codes)),
          index.currencies().value(view.currency),
          view.outcome,
          view.reason,
          view.attempt,
          view.amountMinor,
          view.latencyMillis,
          view.redacted);
    }
  }

  private static IngestSettings settings() {
    IngestSettings d = IngestSettings.DEFAULT;
    return new IngestSettings(
        d.allowedLateness(), d.dedupe(), d.futureSkew(), Set.of(), Set.of(), Set.of(), Secret.NONE);
  }

  /** Readers that read whole events only. */
  private static RecordReaders wholeEvents() {
    RecordReaders framed = RecordReaders.framed(IDS);
    return new RecordReaders() {
      @Override
      public <T extends SpecificRecord> RecordReader<T> of(Class<T> type, String topic) {
        return framed.of(type, topic)::read;
      }
    };
  }

  @SuppressWarnings("unchecked") // A serde of the record's own class.
  private static byte[] frame(SpecificRecord event) {
    return ((AvroSerde<SpecificRecord>) new AvroSerde<>(event.getClass(), "any", IDS))
        .toBytes(event);
  }

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void bothWaysTellTheSameOfSeededTraffic(EventKind kind) {
    RandomEvents events = new RandomEvents(SEED + kind.ordinal());
    int refused = 0;
    for (int i = 0; i < EVENTS; i++) {
      if (i == EVENTS / 2) {
        bins.load(range("41000010", "41000019", "narrow"), range("41000000", "41000029", "wide"));
      }
      byte[] value = frame(events.next(kind));
      List<@Nullable Object> expected = whole.see(kind, value);
      assertThat(usual.see(kind, value)).as("seed %d, event %d", SEED, i).isEqualTo(expected);
      refused += expected.size() == 1 ? 1 : 0;
    }
    assertThat(refused).isBetween(EVENTS / 10, EVENTS / 2);
  }

  /** Bytes that no text of UTF-8 has, or only at other places. */
  @ParameterizedTest
  @EnumSource(EventKind.class)
  void bothWaysTellTheSameWhateverByteIsSpoilt(EventKind kind) {
    RandomEvents events = new RandomEvents(SEED + kind.ordinal());
    for (int event = 0; event < 5; event++) {
      byte[] value = frame(usualEvent(events, kind));
      assertThat(usual.see(kind, value)).isEqualTo(whole.see(kind, value)).hasSizeGreaterThan(1);
      for (int at = 0; at < value.length; at++) {
        for (int odd : new int[] {0xFF, 0xC0, 0xE2, 0x80}) {
          byte[] spoilt = value.clone();
          spoilt[at] = (byte) odd;
          assertThat(usual.see(kind, spoilt))
              .as("seed %d, event %d, byte %d is %02x", SEED, event, at, odd)
              .isEqualTo(whole.see(kind, spoilt));
        }
      }
    }
  }

  private static BinRange range(String start, String end, String id) {
    return BinRange.newBuilder()
        .setId(id)
        .setStart(start)
        .setEnd(end)
        .setIssuer("bank")
        .setScheme(id.equals("wide") ? "tab\there" : "local")
        .setCountry(id.equals("wide") ? "none" : "FR")
        .build();
  }

  static List<VectorsTest.Vector> vectors() throws IOException {
    return VectorsTest.vectors();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void bothWaysTellTheSameOfEveryVector(VectorsTest.Vector vector) throws IOException {
    try (Driven driven = Driven.withDefaults()) {
      List<TestRecord<byte[], byte[]>> made = new ArrayList<>(Made.from(driven, vector.recipe()));
      made.addAll(Made.from(driven, "eventId first"));
      made.addAll(Made.from(driven, vector.recipe()));
      for (TestRecord<byte[], byte[]> record : made) {
        assertThat(usual.see(EventKind.AUTH, record.value()))
            .isEqualTo(whole.see(EventKind.AUTH, record.value()));
      }
    }
  }

  @Test
  void aFullDictionaryIsStartedAfreshAndNobodyIsRefusedForIt() {
    RandomEvents events = new RandomEvents(SEED);
    for (int i = 0; i < 3 * SliceIndex.valuesMax(Dimension.METHOD); i++) {
      PaymentStep.Builder step = events.usual(EventKind.AUTH).setMethod("method-" + i);
      byte[] value = frame(new AuthEvent(step.build()));
      assertThat(usual.see(EventKind.AUTH, value)).isEqualTo(whole.see(EventKind.AUTH, value));
    }
    assertThat(usual.cleared).isBetween(2, 4);
    assertThat(usual.index.values(Dimension.METHOD).hasRoom()).isTrue();
  }

  @Test
  void aValueThatOnlyTheBinTableHasIsStillCheckedWhenAnEventNamesIt() {
    bins.load(range("41000000", "41000029", "wide"));
    RandomEvents events = new RandomEvents(SEED);
    PaymentStep.Builder step =
        events.usual(EventKind.AUTH).setBin("41000001").setScheme(null).setIssuerCountry(null);
    byte[] byBin = frame(new AuthEvent(step.build()));
    step.setScheme("tab\there");
    byte[] byEvent = frame(new AuthEvent(step.build()));
    for (int i = 0; i < 3; i++) {
      Slice leaf = (Slice) Objects.requireNonNull(usual.see(EventKind.AUTH, byBin).get(3));
      assertThat(leaf.get(Dimension.SCHEME)).isEqualTo("tab\there");
      assertThat(leaf.get(Dimension.ISSUER_COUNTRY)).isEqualTo("none");
      assertThat(usual.see(EventKind.AUTH, byEvent)).hasSize(1);
    }
  }

  /** It counts all the same: what is wrong is its name and not the payment. */
  @Test
  void aNameThatMayNotBeKeptIsWithheld() {
    RandomEvents events = new RandomEvents(SEED);
    PaymentStep.Builder step =
        events
            .usual(EventKind.AUTH)
            .setMerchantAccount("joe.doe@customer.example")
            .setMethod("cvv: 123")
            .setPsp("sk_live_5tN8bWq2Zx7Kd")
            .setAttributes(Map.of());
    byte[] value = frame(new AuthEvent(step.build()));
    List<@Nullable Object> told = usual.see(EventKind.AUTH, value);
    Slice leaf = (Slice) Objects.requireNonNull(told.get(3));
    assertThat(leaf.get(Dimension.MERCHANT_ACCOUNT)).isEqualTo(EventRules.WITHHELD);
    assertThat(leaf.get(Dimension.METHOD)).isEqualTo(EventRules.WITHHELD);
    assertThat(leaf.get(Dimension.PSP)).isEqualTo(EventRules.WITHHELD);
    assertThat(told.getLast()).as("left out").isEqualTo(3);
    assertThat(whole.see(EventKind.AUTH, value)).isEqualTo(told);
  }

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void usualEventsMakeNoObject(EventKind kind) {
    RandomEvents events = new RandomEvents(SEED + kind.ordinal());
    Value[] values = new Value[500];
    Arrays.setAll(values, i -> Value.of(frame(usualEvent(events, kind))));
    for (int round = 0; round < 40; round++) {
      assertThat(admitted(kind, values)).isEqualTo(values.length);
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int admitted = admitted(kind, values);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(admitted).isEqualTo(values.length);
    // Less than a byte an event: the virtual machine may make an object of its own meanwhile.
    assertThat(allocated).isLessThan(values.length);
  }

  private static SpecificRecord usualEvent(RandomEvents events, EventKind kind) {
    return RandomEvents.of(kind, events.usual(kind).build(), "own-1", RandomEvents.NOW);
  }

  private int admitted(EventKind kind, Value[] values) {
    int admitted = 0;
    for (Value value : values) {
      admitted +=
          usual.door.admit(kind, value, RandomEvents.NOW.toEpochMilli(), usual.view) ? 1 : 0;
    }
    return admitted;
  }
}
