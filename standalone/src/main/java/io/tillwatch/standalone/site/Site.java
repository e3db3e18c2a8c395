package io.tillwatch.standalone.site;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.standalone.broker.EmbeddedBroker;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.topology.command.TopologyRole;
import io.tillwatch.triage.TriageSettings;
import io.tillwatch.triage.act.RecordingNotifier;
import io.tillwatch.triage.command.TriageRole;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, topology, triage and their HTTP server in this process.
 *
 * <p>Everything it keeps is in one folder; started again on it, it goes on where it stopped. Closed
 * in the opposite order of its start, so that each part can still commit to the one below.
 */
public final class Site implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);
  private static final String HOST = "127.0.0.1";
  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final EmbeddedBroker broker;
  private final KafkaConnection connection;
  private final Topics topics;
  private final PaymentRecords records;
  private final SiteApi api;
  private final URI url;
  private final TopologyRole topology;

  private Site(SiteSettings settings) {
    this.url = URI.create("http://%s:%d".formatted(HOST, settings.port()));
    this.broker =
        started(EmbeddedBroker.start(settings.data().resolve("kafka"), settings.kafkaPort()));
    try {
      this.connection = KafkaConnection.plain(broker.bootstrapServers());
      Settings read = read(settings);
      TopologySettings topologySettings = TopologySettings.from(read);
      TriageSettings triageSettings = TriageSettings.from(read).at(url);
      ConfiguredSchemas schemas = ConfiguredSchemas.from(read, settings.clock());
      read.verify();
      this.topics = Topics.with(schemas.ids(), topologySettings.paymentPartitions());
      CompositeMeterRegistry metrics = new CompositeMeterRegistry();
      this.topology =
          new TopologyRole(
              new TopologyRole.Outset(
                  topologySettings,
                  connection,
                  topics,
                  schemas.readers(),
                  settings.clock(),
                  metrics));
      TriageRole triage =
          TriageRole.start(
              new TriageRole.Outset(
                  triageSettings,
                  connection,
                  topics,
                  settings.clock(),
                  new RecordingNotifier(settings.notices()),
                  metrics));
      SiteServer server =
          SiteServer.start(HOST, settings.port(), topology.beans(), triage.door(), metrics);
      started(server);
      started(triage);
      started(topology);
      topology.start(HOST, settings.port());
      this.records = started(new PaymentRecords(connection, topics));
      this.api = started(new SiteApi(url));
      awaitReady(triage);
    } catch (RuntimeException | InterruptedException failure) {
      close();
      throw failure instanceof RuntimeException problem
          ? problem
          : new IllegalStateException("interrupted while starting", failure);
    }
  }

  /** Starts everything and waits until it works. */
  public static Site start(SiteSettings settings) {
    return new Site(settings);
  }

  private Settings read(SiteSettings settings) {
    Map<String, String> overrides =
        new TreeMap<>(SiteFile.settle(settings.data(), settings.overrides()));
    overrides.put("topology.state-dir", settings.data().resolve("topology").toString());
    overrides.put("triage.state-dir", settings.data().resolve("triage").toString());
    return Settings.load(settings.config(), System.getenv(), overrides);
  }

  private void awaitReady(TriageRole triage) throws InterruptedException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    boolean running = topology.awaitRunning(START_MAX);
    while (running && !triage.ready() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
    if (!running || !triage.ready()) {
      throw new IllegalStateException(
          "topology and triage did not start within %s; see the log".formatted(START_MAX));
    }
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    return part;
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

  /** Waits until the topology has ended by itself. */
  public void awaitEnd() throws InterruptedException {
    topology.awaitEnd();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
