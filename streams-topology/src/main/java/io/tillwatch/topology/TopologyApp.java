package io.tillwatch.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.schemas.kafka.Committed;
import io.tillwatch.schemas.kafka.ExactlyOnce;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.TopicCreator;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.cube.CubeReader;
import io.tillwatch.topology.delivery.DeliveryClients;
import io.tillwatch.topology.rulebook.RulesFollower;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running: checks what it stands on, starts it, lets others read, stops it. */
public final class TopologyApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopologyApp.class);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

  private final TopologySettings settings;
  private final KafkaConnection kafka;
  private final Topics topics;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;
  private final MeterRegistry registry;
  private final Surroundings surroundings;
  private final InstantSource clock;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable RulesFollower rules;

  /**
   * @param readers how payment events are read: as frames, or by a serde of the site
   * @param clock the time that events must not be ahead of
   * @param applicationServer host:port under which other instances reach the queries of this one;
   *     empty for none
   */
  public TopologyApp(
      TopologySettings settings,
      KafkaConnection kafka,
      Topics topics,
      RecordReaders readers,
      InstantSource clock,
      MeterRegistry registry,
      String applicationServer) {
    this.settings = settings;
    this.kafka = kafka;
    this.topics = topics;
    this.registry = registry;
    this.surroundings = Surroundings.with(clock, readers, registry);
    this.streams =
        new KafkaStreams(
            PaymentTopology.of(settings, topics, surroundings),
            StreamsProperties.of(settings, kafka, applicationServer),
            clients(topics, surroundings));
    this.metrics = new KafkaStreamsMetrics(streams);
    this.clock = clock;
    streams.setUncaughtExceptionHandler(new ThreadReplacement(System::nanoTime));
    streams.setStateListener(this::changed);
  }

  /** Clients that deliver payment records poll by poll. */
  private static DeliveryClients clients(Topics topics, Surroundings surroundings) {
    return new DeliveryClients(
        topics.payments().stream().map(Topic::name).collect(Collectors.toSet()),
        surroundings.backlog());
  }

  /** The topics the topology reads and writes. */
  public static List<Topic<?, ?>> topicsOf(Topics topics) {
    List<Topic<?, ?>> needed = new ArrayList<>(topics.payments());
    needed.add(topics.binRanges());
    needed.add(topics.deadLetters());
    needed.add(topics.anomalies());
    needed.add(topics.bursts());
    needed.add(topics.rules());
    return List.copyOf(needed);
  }

  /**
   * Checks library, cluster and topics, creates the topics that are missing, deletes what local
   * state does not open, and starts.
   *
   * @throws IllegalStateException when the library or the cluster cannot hold exactly once or the
   *     published rules cannot be read
   * @throws io.tillwatch.schemas.topic.TopicMismatch when a topic is not as the catalogue says
   */
  public void start() {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      ExactlyOnce.require(admin);
      TopicCreator.createMissing(admin, topicsOf(topics), settings.runtime().replication());
    }
    metrics.bindTo(registry);
    new StateFolder(Path.of(settings.runtime().stateDir()), settings.applicationId()).dropBroken();
    rules =
        RulesFollower.start(
            settings.watch(),
            topics.rules(),
            Committed.bytes(kafka),
            surroundings.plans(),
            clock,
            registry);
    streams.start();
  }

  /** Waits until it runs; returns whether it does. */
  public boolean awaitRunning(Duration atMost) throws InterruptedException {
    return running.await(atMost.toMillis(), TimeUnit.MILLISECONDS) && isRunning();
  }

  /** Waits until it has ended, by itself or by {@link #close}. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Whether it runs or is taking over work. */
  public boolean isRunning() {
    return streams.state().isRunningOrRebalancing();
  }

  /** Whether it gave up: its threads died too often. */
  public boolean hasFailed() {
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.ERROR || state == KafkaStreams.State.PENDING_ERROR;
  }

  /** Reads everything this instance holds, standby copies included. */
  public CubeReader reader() {
    return reader(new StoresOf(streams));
  }

  /** Reads what is in these stores. */
  public CubeReader reader(CubeReader.LocalStores stores) {
    return new CubeReader(
        stores,
        settings.cube(),
        Combine.blocks(topics.ids()),
        surroundings.board(),
        settings.ingest().allowedLateness().toMillis());
  }

  /** The streams client, for the metadata of instances and the state of threads. */
  public KafkaStreams streams() {
    return streams;
  }

  @Override
  public void close() {
    RulesFollower follower = rules;
    if (follower != null) {
      follower.close();
    }
    if (!streams.close(CLOSE_MAX)) {
      LOG.warn("The topology did not stop within {}", CLOSE_MAX);
    }
    metrics.close();
    ended.countDown();
  }

  private void changed(KafkaStreams.State now, KafkaStreams.State before) {
    if (now == KafkaStreams.State.RUNNING) {
      running.countDown();
    }
    if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
      running.countDown();
      ended.countDown();
    }
  }

  /** The stores of a running client, standby copies included. */
  private record StoresOf(KafkaStreams streams) implements CubeReader.LocalStores {

    @Override
    public ReadOnlyWindowStore<Bytes, byte[]> windows(String name) {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
                  name, QueryableStoreTypes.<Bytes, byte[]>windowStore())
              .enableStaleStores());
    }

    @Override
    public ReadOnlyKeyValueStore<String, byte[]> keyed(String name) {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
                  name, QueryableStoreTypes.<String, byte[]>keyValueStore())
              .enableStaleStores());
    }
  }
}
