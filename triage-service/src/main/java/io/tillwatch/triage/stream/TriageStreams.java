package io.tillwatch.triage.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.triage.TriageSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running topology: its one stream thread, replaced when it dies, within a budget. */
public final class TriageStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TriageStreams.class);
  private static final int RESTARTS_MAX = 5;
  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(5);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(20);

  /** How long a killed process keeps its successor waiting for the partitions. */
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;

  private TriageStreams(KafkaStreams streams) {
    this.streams = streams;
    this.metrics = new KafkaStreamsMetrics(streams);
  }

  /**
   * Starts the topology.
   *
   * @param givenUp told when the restart budget is spent and the topology has stopped
   */
  public static TriageStreams start(
      Topology topology,
      TriageSettings settings,
      KafkaConnection kafka,
      MeterRegistry registry,
      Runnable givenUp) {
    KafkaStreams streams = new KafkaStreams(topology, properties(settings, kafka));
    RestartBudget budget = new RestartBudget(RESTARTS_MAX, RESTARTS_WITHIN, System::nanoTime);
    streams.setUncaughtExceptionHandler(failure -> {
      if (budget.take()) {
        LOG.warn("A stream thread died and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
      }
      LOG.error(
          "A stream thread died, after {} in {}: giving up",
          RESTARTS_MAX,
          RESTARTS_WITHIN,
          failure);
      givenUp.run();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    TriageStreams running = new TriageStreams(streams);
    running.metrics.bindTo(registry);
    streams.start();
    return running;
  }

  /** Exactly once, one thread, commits often: bursts are few and a page waits for the commit. */
  static Properties properties(TriageSettings settings, KafkaConnection kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.CLIENT_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replication());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // What the site's own client properties say wins.
    properties.putIfAbsent(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.putIfAbsent(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        (int) SESSION_TIMEOUT.toMillis());
    return properties;
  }

  /** Whether records are being processed. */
  public boolean running() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Stops and leaves the group, so that a successor starts at once. */
  @Override
  public void close() {
    metrics.close();
    boolean closed =
        streams.close(
            CloseOptions.timeout(CLOSE_MAX)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!closed) {
      LOG.warn("The topology did not stop within {}", CLOSE_MAX);
    }
  }
}
