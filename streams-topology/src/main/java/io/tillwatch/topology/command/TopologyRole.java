package io.tillwatch.topology.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.frame.RecordReaders;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.topology.TopologyApp;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.topology.query.Instances.Address;
import io.tillwatch.topology.query.QueryServer;
import io.tillwatch.topology.query.StoredCube;
import io.tillwatch.topology.query.StreamsInstances;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The topology as a part of a process: what its HTTP controllers answer from, then start and stop.
 *
 * <p>HTTP comes first, because the other instances must be told the port: make the role, hand
 * {@link #beans} and {@link #PROPERTIES} to the server's context, start the server, then {@link
 * #start} the role with its port. Until then queries are refused as {@code rebalancing}.
 * Thread-safe.
 */
public final class TopologyRole implements AutoCloseable {

  /** What makes the role's controllers exist in an HTTP server's context. */
  public static final Map<String, Object> PROPERTIES = QueryServer.PROPERTIES;

  private static final Address NOT_STARTED = new Address("not-started", 0);

  private final Outset outset;
  private final List<Object> beans;
  private volatile @Nullable TopologyApp app;
  private volatile Address self = NOT_STARTED;
  private boolean closed;

  /**
   * What a role starts from.
   *
   * @param readers how payment events are read: as frames, or by a serde of the site
   * @param clock what the role takes for now; simulated in a demo
   * @param metrics where its metrics go
   */
  public record Outset(
      TopologySettings settings,
      KafkaConnection kafka,
      Topics topics,
      RecordReaders readers,
      InstantSource clock,
      MeterRegistry metrics) {}

  public TopologyRole(Outset outset) {
    this.outset = outset;
    this.beans =
        QueryServer.beans(
            new StoredCube(this::app, outset.settings),
            new StreamsInstances(this::app, () -> self, outset.settings),
            outset.clock);
  }

  /** What the role's controllers answer from, to be registered as singletons. */
  public List<Object> beans() {
    return beans;
  }

  /**
   * Checks library, cluster and topics, and starts the streams.
   *
   * @param host at which other instances reach this one's HTTP server
   * @param port that it listens at
   * @throws IllegalStateException when exactly once would not hold here
   * @throws org.apache.kafka.common.KafkaException when the cluster cannot be reached
   */
  public synchronized void start(String host, int port) {
    if (app != null) {
      throw new IllegalStateException("the role at %s has been started".formatted(self));
    }
    Address address = new Address(host, port);
    TopologyApp started =
        new TopologyApp(
            outset.settings,
            outset.kafka,
            outset.topics,
            outset.readers,
            outset.clock,
            outset.metrics,
            address.toString());
    self = address;
    app = started;
    started.start();
  }

  /** Waits until records are processed; returns whether they are. */
  public boolean awaitRunning(Duration atMost) throws InterruptedException {
    return started().awaitRunning(atMost);
  }

  /** Waits until the streams have ended, by themselves or by {@link #close}. */
  public void awaitEnd() throws InterruptedException {
    started().awaitEnd();
  }

  /** Whether the streams gave up: their threads died too often. */
  public boolean hasFailed() {
    return app().map(TopologyApp::hasFailed).orElse(false);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      app().ifPresent(TopologyApp::close);
    }
  }

  private Optional<TopologyApp> app() {
    return Optional.ofNullable(app);
  }

  private TopologyApp started() {
    return app().orElseThrow(() -> new IllegalStateException("the role is not started"));
  }
}
