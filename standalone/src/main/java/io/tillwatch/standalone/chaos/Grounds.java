package io.tillwatch.standalone.chaos;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.TopicCreator;
import io.tillwatch.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker in a process of its own, and the triage that is started, and killed, against it. */
final class Grounds implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("READY (\\S+)");
  private static final Pattern SERVES = Pattern.compile("Triage at (http://[^/\\s]+)/");
  private static final Duration START_MAX = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);

  /** What the chart gives triage: 60 % of 1 GiB. */
  static final String HEAP = "-Xmx614m";

  /** Outages end after seconds, so that a play has an end; a killed instance is missed as soon. */
  private static final String RULES =
      """
      recovery:
        quiet-for: 1s
        reopen-within: 2h
        forget-after: 24h
      """;

  private final Topics topics = Topics.with(EmbeddedSchemaIds.load(), 1);
  private final Path folder;
  private final Path config;
  private final Started broker;
  private final KafkaConnection kafka;
  private final KafkaProducer<String, Burst> bursts;
  private final List<Started> triages = new ArrayList<>();

  /**
   * Starts the broker.
   *
   * @param settings of triage, as YAML below {@code triage:}
   */
  Grounds(Path folder, String settings) throws Exception {
    this.folder = Files.createDirectories(folder);
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    this.broker =
        Started.start(
            folder.resolve("broker.log"),
            List.of("-Xmx512m"),
            List.of("broker", "--data", folder.resolve("broker").toString()));
    String servers = broker.await(READY, START_MAX);
    this.config = Files.writeString(folder.resolve("triage.yaml"), yaml(servers, rules, settings));
    this.kafka = KafkaConnection.plain(servers);
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      TopicCreator.createMissing(admin, topics.all(), (short) 1);
    }
    this.bursts =
        new KafkaProducer<>(
            kafka.clientProperties(),
            topics.bursts().keySerde().serializer(),
            topics.bursts().valueSerde().serializer());
  }

  /** Settings by which the stub is paged, and nobody else told outside. */
  static String pagedBy(PagerStub pager) {
    return """
    targets: {pager: pagerduty, ticket: console, chat: console}
    pagerduty: {base-url: "%s", routing-key: "0123456789abcdef0123456789abcdef"}
    """
        .formatted(pager.url());
  }

  /** Settings by which the one is paged and the other told. */
  static String toldBy(PagerStub pager, ChatStub chat) {
    return pagedBy(pager).replace("chat: console", "chat: slack") + chat.settings() + "\n";
  }

  private static String yaml(String servers, Path rules, String settings) {
    return """
    kafka:
      bootstrap-servers: %s
      client:
        session.timeout.ms: 3000
        main.consumer.session.timeout.ms: 3000
        heartbeat.interval.ms: 1000
    triage:
      replication: 1
      port: 0
      rules: [%s]
    %s\
    """
        .formatted(servers, rules, settings.indent(2));
  }

  /** Starts triage anew and waits until it serves. */
  void startTriage(String... jvm) throws Exception {
    launch(jvm).await(SERVES, START_MAX);
  }

  /** Starts triage anew. */
  Started launch(String... jvm) throws IOException {
    List<String> flags = new ArrayList<>(List.of(HEAP));
    flags.addAll(List.of(jvm));
    Started triage =
        Started.start(
            folder.resolve("triage-%d.log".formatted(triages.size())),
            flags,
            List.of(
                "triage",
                "--config",
                config.toString(),
                "--state-dir",
                folder.resolve("state").toString()));
    triages.add(triage);
    return triage;
  }

  Started triage() {
    return triages.getLast();
  }

  void killTriage() throws InterruptedException {
    triages.getLast().kill();
  }

  /** What all instances said, together. */
  String said() throws IOException {
    StringBuilder said = new StringBuilder();
    for (Started triage : triages) {
      said.append(triage.output());
    }
    return said.toString();
  }

  Topics topics() {
    return topics;
  }

  /** Sends a burst and waits until it is acknowledged. */
  void send(Burst burst) throws ExecutionException, InterruptedException {
    bursts.send(new ProducerRecord<>(topics.bursts().name(), burst.getTenant(), burst)).get();
  }

  /** Sends without waiting. */
  void hurl(Burst burst) {
    Future<RecordMetadata> _ =
        bursts.send(new ProducerRecord<>(topics.bursts().name(), burst.getTenant(), burst));
  }

  /** Everything that is committed on a topic of one partition now. */
  <V> List<V> read(Topic<String, V> topic) {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("isolation.level", "read_committed");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    List<V> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      TopicPartition partition = new TopicPartition(topic.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          values.add(topic.valueSerde().deserializer().deserialize(topic.name(), record.value()));
        }
      }
    }
    return values;
  }

  /** What is on record now. */
  OnRecord onRecord() {
    return new OnRecord(
        read(topics.actions()),
        read(topics.actionResults()),
        read(topics.incidents()),
        read(topics.incidentLog()));
  }

  @Override
  public void close() throws Exception {
    bursts.close(Duration.ofSeconds(1));
    for (Started triage : triages) {
      triage.kill();
    }
    broker.close();
  }
}
