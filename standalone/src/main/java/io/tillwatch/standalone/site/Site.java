package io.tillwatch.standalone.site;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.standalone.broker.EmbeddedBroker;
import io.tillwatch.topology.command.TopologyRole;
import io.tillwatch.triage.act.RecordingNotifier;
import io.tillwatch.triage.command.TriageRole;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Broker, topology, triage and their HTTP server in this process.
 *
 * <p>Everything it keeps is in one folder; started again on it, it goes on where it stopped. Closed
 * in the opposite order of its start, so that each part can still commit to the one below.
 *
 * <pre>
 *   settings ─▶ broker ─▶ triage ─▶ HTTP server ─▶ topology ─▶ own clients ─▶ ready
 * </pre>
 */
public final class Site implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final StartedParts parts;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final URI url;
  private final KafkaConnection connection;
  private final Topics topics;
  private final TopologyRole topology;
  private final TriageRole triage;
  private final PaymentRecords records;
  private final SiteApi api;

  private Site(SiteSettings settings, StartedParts parts) {
    this.parts = parts;
    this.url = URI.create("http://%s:%d".formatted(HOST, settings.port()));
    Layout layout = Layout.in(settings.data());
    RoleSettings roles = RoleSettings.read(settings, layout);
    this.connection = KafkaConnection.plain(startBroker(settings));
    layout.keep(Layout.of(roles.topology()));
    this.topics = Topics.with(roles.schemas().ids(), roles.topology().paymentPartitions());
    CompositeMeterRegistry metrics = new CompositeMeterRegistry();
    this.topology = topology(settings, roles, metrics);
    this.triage = startTriage(settings, roles, metrics);
    startServing(settings.port(), metrics);
    this.records = parts.add(new PaymentRecords(connection, topics));
    this.api = parts.add(new SiteApi(url));
  }

  /** Starts everything and waits until it works. */
  public static Site start(SiteSettings settings) {
    return start(settings, new CountDownLatch(1));
  }

  /**
   * Starts everything and waits until it works.
   *
   * @throws CancellationException when the latch is released before
   * @throws WrongInput when the data folder was laid out in another way than is asked for
   * @throws io.tillwatch.schemas.settings.InvalidSettings with everything that is wrong
   */
  public static Site start(SiteSettings settings, CountDownLatch stop) {
    StartedParts parts = new StartedParts();
    try {
      Site site = new Site(settings, parts);
      site.watchOver();
      site.awaitReady(stop);
      return site;
    } catch (RuntimeException failure) {
      parts.close();
      throw failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      parts.close();
      throw new CancellationException("interrupted while starting");
    }
  }

  private String startBroker(SiteSettings settings) {
    return parts
        .add(EmbeddedBroker.start(settings.data().resolve("kafka"), settings.kafkaPort()))
        .bootstrapServers();
  }

  private TopologyRole topology(
      SiteSettings settings, RoleSettings roles, CompositeMeterRegistry metrics) {
    return new TopologyRole(
        new TopologyRole.Outset(
            roles.topology(),
            connection,
            topics,
            roles.schemas().readers(),
            settings.clock(),
            metrics));
  }

  private TriageRole startTriage(
      SiteSettings settings, RoleSettings roles, CompositeMeterRegistry metrics) {
    return TriageRole.start(
        new TriageRole.Outset(
            roles.triage().at(url),
            connection,
            topics,
            settings.clock(),
            new RecordingNotifier(settings.notices()),
            metrics));
  }

  /** Closes the server after both roles: health can be asked for until they have ended. */
  private void startServing(int port, CompositeMeterRegistry metrics) {
    try {
      parts.add(SiteServer.start(HOST, port, topology.beans(), triage.door(), metrics));
    } finally {
      parts.add(triage);
    }
    parts.add(topology).start(HOST, port);
  }

  /** Notices when a role ends by itself. */
  private void watchOver() {
    triage.failed().whenComplete((nothing, failure) -> fail("triage has stopped; see the log"));
    Thread.ofVirtual().name("site-watch").start(this::awaitTopologyEnd);
  }

  private void awaitTopologyEnd() {
    try {
      topology.awaitEnd();
      fail("the topology has stopped; see the log");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(String message) {
    failed.completeExceptionally(new IllegalStateException(message));
  }

  private void awaitReady(CountDownLatch stop) throws InterruptedException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (!(topology.awaitRunning(Duration.ZERO) && triage.ready())) {
      requireAlive();
      if (stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CancellationException("stopped while starting");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "topology and triage did not start within %d s; see the log"
                .formatted(START_MAX.toSeconds()));
      }
    }
  }

  /** How clients reach its broker. */
  public KafkaConnection connection() {
    return connection;
  }

  /** Its topics. */
  public Topics topics() {
    return topics;
  }

  /** Its public HTTP API. */
  public SiteApi api() {
    return api;
  }

  /** Where people open it. */
  public String url() {
    return url + "/";
  }

  /** Records that were ever sent to its payment topics. */
  public long paymentRecords() {
    return records.count();
  }

  /** Completes exceptionally when a role cannot go on by itself, or is closed. */
  public CompletableFuture<Void> failed() {
    return failed;
  }

  /**
   * Does nothing while all of it works.
   *
   * @throws IllegalStateException when a role has ended by itself
   */
  public void requireAlive() {
    if (failed.isCompletedExceptionally()) {
      throw (IllegalStateException) failed.exceptionNow();
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
