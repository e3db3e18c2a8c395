package io.tillwatch.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tillwatch.schemas.Events;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.DisputeEvent;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.SettlementEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the reader of fields reads what the careful reader reads, refuses what it refuses, and
 * allocates nothing. Method: both read the same frames of many writers' versions, whole, spoilt and
 * spliced, from a seed that each message names.
 */
class FieldReaderTest {

  private static final long SEED = 20261121;
  private static final int VERSIONS = 60;
  private static final int RECORDS = 12;
  private static final int EDITS_PER_RECORD = 60;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final InMemorySchemaIds ids = new InMemorySchemaIds();
  private int plannedVersions;

  @ParameterizedTest
  @ValueSource(
      classes = {
        AuthEvent.class,
        RefundEvent.class,
        WebhookEvent.class,
        SettlementEvent.class,
        DisputeEvent.class
      })
  <T extends SpecificRecord> void readsWhatTheCarefulReaderReads(Class<T> type)
      throws IOException, MalformedFrame {
    Schema ours = SpecificData.get().getSchema(type);
    for (int version = 0; version < VERSIONS; version++) {
      Schema writer = version == 0 ? ours : WriterVersions.of(ours, SEED + version);
      new Pair<>(type).compare(writer, SEED + version);
    }
    assertThat(plannedVersions).isBetween(VERSIONS / 2, VERSIONS - 1);
  }

  /** Both readers of one type. */
  private final class Pair<T extends SpecificRecord> {
    private final FramedReader<T> careful;
    private final List<String> paths;
    private final FieldReader<T> fields;
    private final FieldView view;
    private final List<Integer> textSlots = new ArrayList<>();

    Pair(Class<T> type) {
      careful = new FramedReader<>(type, ids, FrameLimits.EVENT);
      paths = paths(SpecificData.get().getSchema(type));
      fields = new FieldReader<>(careful, paths);
      view = fields.view();
      for (int slot = 0; slot < paths.size(); slot++) {
        if (isText(SpecificData.get().getSchema(type), paths.get(slot))) {
          textSlots.add(slot);
        }
      }
    }

    void compare(Schema writer, long seed) throws IOException, MalformedFrame {
      int id = ids.idOf("any", writer);
      Random random = new Random(seed);
      byte[] before = frame(id, writer, seed);
      assertThat(fields.read(before, view)).as("an id the careful reader has not seen").isFalse();
      careful.read(before);
      boolean planned = fields.read(before, view);
      plannedVersions += planned ? 1 : 0;
      for (int record = 0; record < RECORDS; record++) {
        byte[] valid = frame(id, writer, seed * RECORDS + record);
        compare(valid, planned, true, "seed %d, record %d".formatted(seed, record));
        for (int edit = 0; edit < EDITS_PER_RECORD; edit++) {
          byte[] spoilt =
              edit % 4 == 0 ? splice(valid, before, random) : FrameFuzzTest.spoil(valid, random);
          String which = "seed %d, record %d, edit %d".formatted(seed, record, edit);
          compare(spoilt, planned, false, which);
        }
        before = valid;
      }
    }

    /** It may leave a spoilt frame that can be read, but never read one that cannot. */
    private void compare(byte[] frame, boolean mayRead, boolean mustRead, String which) {
      SpecificRecord expected = readOrNull(frame);
      boolean read = readAmongOthers(frame) && textsAreWellFormed();
      assertThat(read).as(which).isEqualTo(expected != null && mayRead && (read || mustRead));
      if (read) {
        for (int slot = 0; slot < paths.size(); slot++) {
          Object value = value(Objects.requireNonNull(expected), paths.get(slot));
          assertThat(shown(view, slot, value)).as(which + " " + paths.get(slot)).isEqualTo(value);
        }
      }
    }

    /** The frame lies between bytes that could be its own. */
    private boolean readAmongOthers(byte[] frame) {
      int from = frame.length % 7;
      byte[] bytes = new byte[from + frame.length + 12];
      System.arraycopy(frame, 0, bytes, from, frame.length);
      Arrays.fill(bytes, from + frame.length, bytes.length, (byte) 2);
      return fields.read(bytes, from, frame.length, view);
    }

    private boolean textsAreWellFormed() {
      for (int slot : textSlots) {
        if (!view.isNull(slot) && !view.isWellFormed(slot)) {
          return false;
        }
      }
      return true;
    }

    private @Nullable SpecificRecord readOrNull(byte[] frame) {
      try {
        return careful.read(frame).value();
      } catch (MalformedFrame e) {
        return null;
      }
    }
  }

  private static byte[] frame(int id, Schema writer, long seed) throws IOException {
    return FrameFuzzTest.frame(id, writer, new RandomRecords(seed).of(writer));
  }

  /** The beginning of one frame and the end of another. */
  private static byte[] splice(byte[] a, byte[] b, Random random) {
    int head = 5 + random.nextInt(a.length - 5);
    int tail = random.nextInt(b.length - 5);
    byte[] spliced = Arrays.copyOf(a, head + tail);
    System.arraycopy(b, b.length - tail, spliced, head, tail);
    return spliced;
  }

  /** Every field but some that nobody wants, and records only by what is in them. */
  static List<String> paths(Schema type) {
    List<String> paths = new ArrayList<>();
    for (Schema.Field field : type.getFields()) {
      if (field.schema().getType() == Schema.Type.RECORD) {
        paths(field.schema()).forEach(path -> paths.add(field.name() + "." + path));
      } else if (!List.of("httpStatus", "actualCount").contains(field.name())) {
        paths.add(field.name());
      }
    }
    return paths;
  }

  private static boolean isText(Schema type, String path) {
    int dot = path.indexOf('.');
    Schema field = type.getField(dot < 0 ? path : path.substring(0, dot)).schema();
    return dot < 0
        ? field.getType() == Schema.Type.STRING
            || field.isUnion()
                && field.getTypes().stream().anyMatch(t -> t.getType() == Schema.Type.STRING)
        : isText(field, path.substring(dot + 1));
  }

  private static @Nullable Object value(SpecificRecord record, String path) {
    int dot = path.indexOf('.');
    Schema.Field field = record.getSchema().getField(dot < 0 ? path : path.substring(0, dot));
    Object value = record.get(field.pos());
    return dot < 0 ? value : value((SpecificRecord) value, path.substring(dot + 1));
  }

  private static @Nullable Object shown(FieldView view, int slot, @Nullable Object like) {
    if (view.isNull(slot)) {
      return null;
    }
    return switch (like) {
      case String text -> view.text(slot);
      case Instant time -> Instant.ofEpochMilli(view.number(slot));
      case Boolean bool -> view.number(slot) == 1;
      case Enum<?> symbol -> symbol.getDeclaringClass().getEnumConstants()[(int) view.number(slot)];
      case Map<?, ?> map -> view.map(slot);
      case Integer number -> (int) view.number(slot);
      case Long number -> view.number(slot);
      case null, default -> "a value where null was expected";
    };
  }

  @Test
  void allocatesNothing() throws MalformedFrame {
    FramedReader<AuthEvent> careful = new FramedReader<>(AuthEvent.class, ids, FrameLimits.EVENT);
    FieldReader<AuthEvent> fields = new FieldReader<>(careful, paths(AuthEvent.getClassSchema()));
    byte[] frame = new AvroSerde<>(AuthEvent.class, "any", ids).toBytes(Events.auth());
    careful.read(frame);
    FieldView view = fields.view();
    readOften(fields, frame, view, 20_000);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int read = readOften(fields, frame, view, 100_000);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(read).isEqualTo(100_000);
    // Less than a byte a frame: the virtual machine may make an object of its own meanwhile.
    assertThat(allocated).isLessThan(read);
  }

  private static int readOften(FieldReader<?> fields, byte[] frame, FieldView view, int times) {
    int read = 0;
    for (int i = 0; i < times; i++) {
      read += fields.read(frame, view) ? 1 : 0;
    }
    return read;
  }

  @Test
  void whatIsNoFrameOfAnEventIsLeftToTheCarefulReader() {
    FramedReader<AuthEvent> careful = new FramedReader<>(AuthEvent.class, ids, FrameLimits.EVENT);
    FieldReader<AuthEvent> fields = new FieldReader<>(careful, List.of("step.eventId"));
    FieldView view = fields.view();
    assertThat(fields.read(new byte[0], view)).isFalse();
    assertThat(fields.read(new byte[4], view)).isFalse();
    assertThat(fields.read(new byte[] {1, 0, 0, 0, 1, 0}, view)).isFalse();
    assertThat(fields.read(new byte[FrameLimits.EVENT.bytes() + 1], view)).isFalse();
  }

  @Test
  void aFieldThatTheTypeDoesNotHaveIsRefusedAtOnce() {
    FramedReader<AuthEvent> careful = new FramedReader<>(AuthEvent.class, ids, FrameLimits.EVENT);
    assertThatThrownBy(() -> new FieldReader<>(careful, List.of("step.eventID")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eventID");
  }
}
