package io.tillwatch.topology.ingest.seen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.topology.delivery.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks and runs in the store they are kept in, with its order, its deletes and its expiry. */
class WindowSeenStoreTest {

  private static final Duration HORIZON = Duration.ofHours(72);
  private static final int IDS = 3_000;

  @TempDir private Path folder;
  private TopologyTestDriver driver;
  private WindowStore<Bytes, byte[]> windows;

  @BeforeEach
  void open() {
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
    topology.addProcessor("nothing", Nothing::new, "in");
    topology.addStateStore(WindowSeenStore.builder("seen", HORIZON), "nothing");
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver = new TopologyTestDriver(topology, properties, Instant.EPOCH);
    windows = driver.getWindowStore("seen");
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void idsOfThreeSlotsAreTheSameAfterAStart() {
    DedupeSettings settings = new DedupeSettings(true, HORIZON, 2_000);
    Dedupe seen = SeenEvents.restored(windows, settings);
    for (int slot = 0; slot < 5; slot++) {
      for (int i = 0; i < IDS; i++) {
        assertThat(look(seen, slot, i)).isEqualTo(Seen.NEW);
        seen.remember();
      }
      seen.commit();
    }
    Dedupe again = SeenEvents.restored(windows, settings);
    assertThat(again.counts().idsSpilled()).isEqualTo(seen.counts().idsSpilled()).isPositive();
    assertThat(again.counts().idsInMemory()).isEqualTo(seen.counts().idsInMemory());
    for (int slot = 2; slot < 5; slot++) {
      for (int i = 0; i < IDS; i++) {
        assertThat(look(again, slot, i)).isEqualTo(Seen.DUPLICATE);
      }
    }
    assertThat(look(again, 1, 1)).isEqualTo(Seen.NEW);
  }

  private static final class Nothing implements Processor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      // Only there because a store needs a processor.
    }
  }

  private static Seen look(Dedupe seen, int slot, int i) {
    byte[] id = (slot + "-" + i).getBytes(UTF_8);
    long time = (1_000 + slot) * HORIZON.toMillis() + i;
    return Looks.at(seen, id, time, Value.of(id));
  }
}
