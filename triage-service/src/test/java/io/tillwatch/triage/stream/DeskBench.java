package io.tillwatch.triage.stream;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.TriageSettings;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.link.Links;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The topology in a test driver, with everything it has published so far. */
final class DeskBench implements AutoCloseable {

  private static final IncidentDesk DESK =
      new IncidentDesk(
          RuleBook.defaults(), new Links(TriageSettings.from(settings(Map.of())).links()));

  final Topics topics = Topics.with(EmbeddedSchemaIds.load(), 1);
  final DeskCounts counts = new DeskCounts();
  final Published published;
  private final TopologyTestDriver driver;
  private Instant now = Samples.ONSET;

  /** What came out, in order. */
  record Published(
      List<Incident> incidents,
      List<IncidentLogEntry> log,
      List<Action> actions,
      List<DeadLetter> deadLetters) {

    static Published nothing() {
      return new Published(
          new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  DeskBench(Path folder, Published published) {
    this.published = published;
    TriageSettings settings =
        TriageSettings.from(settings(Map.of("triage.state-dir", folder.toString())));
    this.driver =
        new TopologyTestDriver(
            TriageTopology.of(settings, topics, () -> DESK, () -> now, counts),
            TriageStreams.properties(settings, KafkaConnection.plain("unused:9092")),
            Samples.ONSET);
  }

  private static Settings settings(Map<String, String> overrides) {
    return Settings.load(null, Map.of(), overrides);
  }

  /** What the store holds, to go on with after a restart. */
  Map<String, DeskEntry> stored() {
    Map<String, DeskEntry> entries = new TreeMap<>();
    KeyValueStore<String, DeskEntry> store = driver.getKeyValueStore(TriageTopology.STORE);
    try (KeyValueIterator<String, DeskEntry> all = store.all()) {
      all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
    }
    return entries;
  }

  /** Continues from what a store held. */
  void restore(Map<String, DeskEntry> entries) {
    KeyValueStore<String, DeskEntry> store = driver.getKeyValueStore(TriageTopology.STORE);
    entries.forEach(store::put);
  }

  <T> void send(Topic<String, T> topic, T value) {
    sendBytes(topic, topic.valueSerde().serializer().serialize(topic.name(), value));
  }

  void sendBytes(Topic<?, ?> topic, byte[] bytes) {
    driver
        .createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput("key", bytes);
    collect();
  }

  /** Lets the desk's clock move on, and the topology look at it. */
  void at(Instant later) {
    now = later;
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    collect();
  }

  private void collect() {
    read(topics.incidents(), published.incidents);
    read(topics.incidentLog(), published.log);
    read(topics.actions(), published.actions);
    read(topics.deadLetters(), published.deadLetters);
  }

  /** Heads of the log since they were last asked for. */
  List<ChainHead> heads() {
    List<ChainHead> heads = new ArrayList<>();
    read(topics.chainHeads(), heads);
    return heads;
  }

  private <T> void read(Topic<String, T> topic, List<T> into) {
    into.addAll(
        driver
            .createOutputTopic(
                topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer())
            .readValuesToList());
  }

  @Override
  public void close() {
    driver.close();
  }
}
