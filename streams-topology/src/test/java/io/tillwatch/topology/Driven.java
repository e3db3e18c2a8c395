package io.tillwatch.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.cube.CubeReader;
import io.tillwatch.topology.ingest.IngestCounts;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.util.Files;

/** The whole topology under a test driver, with a clock that only tests move. */
public final class Driven implements AutoCloseable, CubeReader.LocalStores {

  /** Where the clock starts: a full minute. */
  public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final EmbeddedSchemaIds IDS = EmbeddedSchemaIds.load();

  public final Topics topics = Topics.with(IDS, 1);
  public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TopologySettings settings;
  private final File stateDir = Files.newTemporaryFolder();
  private final TopologyTestDriver driver;
  private final Surroundings surroundings;
  private Instant now = START;

  public Driven(TopologySettings settings) {
    this(settings, IDS);
  }

  /** With schema ids for what comes in from there. */
  public Driven(TopologySettings settings, SchemaIds ids) {
    this.settings = settings;
    this.surroundings = Surroundings.with(() -> now, RecordReaders.framed(ids), metrics);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "driven");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver =
        new TopologyTestDriver(
            PaymentTopology.of(settings, topics, surroundings), properties, START);
  }

  public static Driven withDefaults() {
    return new Driven(settings());
  }

  /** The defaults, with payment topics of one partition. */
  public static TopologySettings settings() {
    return settings(TopologySettings.DEFAULT.runtime());
  }

  /** The same but for how Kafka Streams runs it. */
  public static TopologySettings settings(TopologySettings.Runtime runtime) {
    TopologySettings d = TopologySettings.DEFAULT;
    return new TopologySettings(
        d.tenant(), d.applicationId(), 1, d.ingest(), d.combine(), d.cube(), d.watch(), runtime);
  }

  public Instant now() {
    return now;
  }

  /** Moves both clocks. */
  public void advance(Duration by) {
    advance(by, TICK);
  }

  /** The same in larger steps, for long stories in which no second counts. */
  public void advance(Duration by, Duration step) {
    now = now.plus(by);
    for (Duration left = by; left.isPositive(); left = left.minus(step)) {
      driver.advanceWallClockTime(left.compareTo(step) < 0 ? left : step);
    }
  }

  /** Moves the clock of events alone: nobody gets the idea that it is silent. */
  public void moveClock(Duration by) {
    now = now.plus(by);
  }

  public <V> void send(Topic<String, V> topic, String key, V value) {
    sendBytes(topic, key, topic.valueSerde().serializer().serialize(topic.name(), value));
  }

  public void sendBytes(Topic<String, ?> topic, String key, byte[] value) {
    input(topic).pipeInput(key, value, now);
  }

  private TestInputTopic<String, byte[]> input(Topic<String, ?> topic) {
    return driver.createInputTopic(
        topic.name(), Serdes.String().serializer(), Serdes.ByteArray().serializer());
  }

  public void auth(PaymentStep.Builder step) {
    PaymentStep built = step.build();
    send(topics.auth(), built.getPaymentId(), new AuthEvent(built));
  }

  public void refund(String eventId, Instant at) {
    PaymentStep built = step(eventId).setEventTime(at).setOutcome(Outcome.SUCCEEDED).build();
    send(topics.refund(), built.getPaymentId(), new RefundEvent(built, eventId, at));
  }

  /** An approved auth now. */
  public PaymentStep.Builder step(String eventId) {
    return PaymentStep.newBuilder()
        .setEventId(eventId)
        .setEventTime(now)
        .setPaymentId("pay-" + eventId)
        .setPsp("northpay")
        .setBin("41111100")
        .setRegion("eu-west")
        .setCurrency("EUR")
        .setAmountMinor(1_250)
        .setLatencyMillis(120)
        .setOutcome(Outcome.APPROVED);
  }

  public PaymentStep.Builder declined(String eventId) {
    return step(eventId).setOutcome(Outcome.DECLINED).setReason(Reason.DO_NOT_HONOR);
  }

  /** Sends bytes as they are: any key, any headers, any record time. */
  public void sendRaw(Topic<String, ?> topic, TestRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
  }

  /** Keys, values and headers of everything written to any topic, by topic; drains all of them. */
  public Map<String, List<TestRecord<byte[], byte[]>>> drainAll() {
    Map<String, List<TestRecord<byte[], byte[]>>> all = new TreeMap<>();
    for (String name : driver.producedTopicNames()) {
      all.put(
          name,
          driver
              .createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList());
    }
    return all;
  }

  public <V extends SpecificRecord> List<V> drain(Topic<String, V> topic) {
    return driver
        .createOutputTopic(
            topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer())
        .readValuesToList();
  }

  /** Blocks of partial cells that were forwarded since the last call. */
  public List<CellBlocks.Block> blocks() {
    CellBlocks blocks = Combine.blocks(IDS);
    return driver
        .createOutputTopic(
            "driven-cells-repartition",
            Serdes.String().deserializer(),
            Serdes.ByteArray().deserializer())
        .readValuesToList()
        .stream()
        .map(blocks::read)
        .toList();
  }

  public CubeReader reader() {
    return new CubeReader(
        this,
        settings.cube(),
        Combine.blocks(IDS),
        surroundings.board(),
        settings.ingest().allowedLateness().toMillis());
  }

  /** Totals of a cuboid over all time. */
  public Map<Slice, Tally> totals(EventKind kind, Set<Dimension> cuboid) {
    Map<Slice, Tally> totals = new TreeMap<>();
    reader()
        .scan(
            kind,
            cuboid,
            Slice.TOTAL,
            0,
            now.plus(Duration.ofDays(1)).toEpochMilli(),
            (minute, slice, tally) -> {
              totals.computeIfAbsent(slice, s -> new Tally()).merge(tally);
              return true;
            });
    return totals;
  }

  public List<Long> minutes(EventKind kind) {
    List<Long> minutes = new ArrayList<>();
    reader()
        .scan(
            kind,
            Set.of(),
            Slice.TOTAL,
            0,
            now.plus(Duration.ofDays(1)).toEpochMilli(),
            (minute, slice, tally) -> minutes.add(minute));
    return minutes;
  }

  public IngestCounts counts(EventKind kind) {
    return reader().ingest().getOrDefault(kind, IngestCounts.NONE);
  }

  @Override
  public ReadOnlyWindowStore<Bytes, byte[]> windows(String name) {
    return driver.getWindowStore(name);
  }

  @Override
  public ReadOnlyKeyValueStore<String, byte[]> keyed(String name) {
    return driver.getKeyValueStore(name);
  }

  @Override
  public void close() {
    driver.close();
    Files.delete(stateDir);
  }
}
