package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.TopologyApp;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.topology.combine.Combine;
import io.tillwatch.topology.cube.Cube;
import io.tillwatch.topology.ingest.Ingest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.HostInfo;

/** The instances as Kafka Streams' group knows them. Thread-safe. */
public final class StreamsInstances implements Instances {

  private final Supplier<Optional<TopologyApp>> app;
  private final Supplier<Address> self;
  private final TopologySettings settings;

  /**
   * @param app empty until it is started
   * @param self what {@code application.server} says
   */
  public StreamsInstances(
      Supplier<Optional<TopologyApp>> app, Supplier<Address> self, TopologySettings settings) {
    this.app = app;
    this.self = self;
    this.settings = settings;
  }

  @Override
  public Address self() {
    return self.get();
  }

  @Override
  public List<Address> holding(EventKind kind) {
    return app.get().map(running -> holding(running, kind)).orElse(List.of());
  }

  private List<Address> holding(TopologyApp running, EventKind kind) {
    List<Address> holding = new ArrayList<>();
    try {
      KeyQueryMetadata metadata =
          running
              .streams()
              .queryMetadataForKey(
                  Cube.CELLS_STORE, Combine.keyOf(settings.tenant(), kind), Combine.partitioner());
      if (!metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
        add(holding, metadata.activeHost());
        metadata.standbyHosts().forEach(standby -> add(holding, standby));
      }
    } catch (IllegalStateException | StreamsException e) {
      // Not running, or the group has not settled: whoever is asked answers from what he has.
      holding.clear();
    }
    return holding;
  }

  @Override
  public List<Address> ingesting() {
    List<Address> ingesting = new ArrayList<>();
    for (StreamsMetadata instance : metadata()) {
      if (instance.stateStoreNames().contains(Ingest.LEDGER_STORE)) {
        add(ingesting, instance.hostInfo());
      }
    }
    return ingesting;
  }

  private Iterable<StreamsMetadata> metadata() {
    try {
      return app.get()
          .map(running -> running.streams().streamsMetadataForStore(Ingest.LEDGER_STORE))
          .orElse(List.of());
    } catch (IllegalStateException | StreamsException e) {
      return List.of();
    }
  }

  @Override
  public int ingestPartitions() {
    return settings.paymentPartitions();
  }

  @Override
  public Work work() {
    return app.get().map(running -> work(running.streams().state())).orElse(Work.STARTING);
  }

  private static Work work(KafkaStreams.State state) {
    return switch (state) {
      case CREATED -> Work.STARTING;
      case REBALANCING -> Work.REBALANCING;
      case RUNNING -> Work.RUNNING;
      case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> Work.STOPPED;
    };
  }

  private static void add(List<Address> addresses, HostInfo host) {
    Address address = new Address(host.host(), host.port());
    if (!host.equals(HostInfo.unavailable()) && !addresses.contains(address)) {
      addresses.add(address);
    }
  }
}
