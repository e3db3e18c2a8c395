package io.tillwatch.topology;

import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.topology.combine.CombineSettings;
import io.tillwatch.topology.cube.CubeSettings;
import io.tillwatch.topology.ingest.IngestSettings;
import io.tillwatch.topology.rulebook.RulesSettings;
import java.time.Duration;

/**
 * The settings of the topology, feature by feature.
 *
 * @param tenant whose payments
 * @param applicationId prefix of all internal topics, and the consumer group
 * @param paymentPartitions partitions of each payment topic
 * @param runtime how Kafka Streams runs it
 */
public record TopologySettings(
    String tenant,
    String applicationId,
    int paymentPartitions,
    IngestSettings ingest,
    CombineSettings combine,
    CubeSettings cube,
    RulesSettings watch,
    Runtime runtime) {

  /** Everything as documented in {@code topology.yaml}. */
  public static final TopologySettings DEFAULT =
      new TopologySettings(
          "default",
          "tillwatch-topology",
          4,
          IngestSettings.DEFAULT,
          CombineSettings.DEFAULT,
          CubeSettings.DEFAULT,
          RulesSettings.DEFAULT,
          Runtime.DEFAULT);

  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}";

  public TopologySettings {
    if (!tenant.matches(NAME)) {
      throw new IllegalArgumentException("tenant '%s', expected %s".formatted(tenant, NAME));
    }
    if (cube.retention().compareTo(ingest.allowedLateness()) < 0) {
      throw new IllegalArgumentException(
          "cells are kept for %s, expected at least the allowed lateness %s"
              .formatted(cube.retention(), ingest.allowedLateness()));
    }
  }

  /**
   * How Kafka Streams runs it.
   *
   * @param stateDir where stores are kept
   * @param threads stream threads: one less than cores is best, the rest of the process needs one
   * @param commitInterval time between commits: what is found is seen after one or two of them
   * @param transactionTimeout after this the broker ends an open transaction: what an instance was
   *     writing when it was killed holds back readers for so long, and one that is starved for so
   *     long loses its tasks
   * @param commitHook whether partials, counts and cells leave at the commit itself, by one
   *     internal interface of Kafka Streams; else they leave with each batch, which costs more
   * @param standbyReplicas copies of each store on other instances
   * @param replication copies of internal topics; -1 for the cluster's default
   */
  public record Runtime(
      String stateDir,
      int threads,
      Duration commitInterval,
      Duration transactionTimeout,
      boolean commitHook,
      int standbyReplicas,
      short replication) {

    /** Else a slow commit would be one that the broker has ended. */
    private static final int COMMITS_PER_TIMEOUT = 3;

    /** One thread, which a second core serves well; a commit a second. */
    public static final Runtime DEFAULT =
        new Runtime(
            "data/topology", 1, Duration.ofSeconds(1), Duration.ofSeconds(10), true, 0, (short) -1);

    static Runtime from(Settings settings) {
      Duration commitInterval =
          settings.duration(
              "topology.commit-interval",
              DEFAULT.commitInterval,
              Duration.ofMillis(10),
              Duration.ofMinutes(1));
      Duration transactionTimeout =
          settings.duration(
              "topology.transaction-timeout",
              DEFAULT.transactionTimeout,
              Duration.ofSeconds(1),
              Duration.ofMinutes(15));
      if (transactionTimeout.compareTo(commitInterval.multipliedBy(COMMITS_PER_TIMEOUT)) < 0) {
        settings.reject(
            "topology.transaction-timeout",
            transactionTimeout.toString(),
            "at least %d times topology.commit-interval".formatted(COMMITS_PER_TIMEOUT));
      }
      return new Runtime(
          settings.text("topology.state-dir", DEFAULT.stateDir),
          settings.integer("topology.threads", DEFAULT.threads, 1, 64),
          commitInterval,
          transactionTimeout,
          settings.flag("topology.commit-hook", DEFAULT.commitHook),
          settings.integer("topology.standby-replicas", DEFAULT.standbyReplicas, 0, 3),
          (short) settings.integer("topology.replication", DEFAULT.replication, -1, 9));
    }
  }

  /** Reads all keys of the topology. */
  public static TopologySettings from(Settings settings) {
    String tenant = settings.text("tenant", DEFAULT.tenant);
    if (!tenant.matches(NAME)) {
      settings.reject("tenant", "'" + tenant + "'", NAME);
      tenant = DEFAULT.tenant;
    }
    IngestSettings ingest = IngestSettings.from(settings);
    CubeSettings cube = CubeSettings.from(settings);
    if (cube.retention().compareTo(ingest.allowedLateness()) < 0) {
      settings.reject(
          "cube.retention", cube.retention().toString(), "at least ingest.allowed-lateness");
      cube = CubeSettings.DEFAULT;
      ingest = IngestSettings.DEFAULT;
    }
    return new TopologySettings(
        tenant,
        settings.text("topology.application-id", DEFAULT.applicationId),
        settings.integer("topology.payment-partitions", DEFAULT.paymentPartitions, 1, 1_000),
        ingest,
        CombineSettings.from(settings),
        cube,
        RulesSettings.from(settings),
        Runtime.from(settings));
  }
}
