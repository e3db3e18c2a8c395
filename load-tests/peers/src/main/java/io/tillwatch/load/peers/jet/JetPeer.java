package io.tillwatch.load.peers.jet;

import com.hazelcast.config.Config;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.WindowDefinition;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.tillwatch.load.bench.contestant.Assignment;
import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.peers.Handover;
import io.tillwatch.load.peers.Share;
import io.tillwatch.load.peers.Slice;
import java.time.Duration;

/**
 * {@code jet}: keyed tumbling event-time windows of a minute over the seven shares of every event,
 * on a cluster of one member.
 *
 * <p>Settings, chosen in its favour where the handbook leaves a choice:
 *
 * <ul>
 *   <li>a cooperative thread per thread of the assignment, every vertex as many times; reading is
 *       done by as many threads apart, as Jet's own connector does
 *   <li>exactly once: snapshots every second (or ten), kept in memory without a backup
 *   <li>aggregation in two stages, which is Jet's default: counted where the event is, combined by
 *       slice
 *   <li>order within a slice need not be kept; job metrics are off
 *   <li>slices and measures have serialisers by hand, for the snapshots
 *   <li>events decoded by hand, only what is needed
 *   <li>watermarks per partition, {@link #OUT_OF_ORDER_MILLIS} behind
 *   <li>large fetches
 * </ul>
 *
 * <p>The source ends where the topic ended at the start: that closes the last windows.
 */
public final class JetPeer {

  /** How far event time may go back within a partition; the bench's input never does. */
  static final long OUT_OF_ORDER_MILLIS = 1_000;

  private static final String NOWHERE = "127.0.0.1";

  private JetPeer() {}

  /** Runs the job to the end of the topic. */
  public static void run(Assignment assignment, Duration snapshots) throws Exception {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(member(assignment));
    try (Handover handover = Handover.open(assignment)) {
      handover.announcer().ready();
      member.getJet().newJob(pipeline(assignment, handover.name()), job(snapshots)).join();
      handover.announcer().done();
    } finally {
      member.shutdown();
    }
  }

  private static Pipeline pipeline(Assignment assignment, String handover) {
    int threads = assignment.threads();
    Pipeline pipeline = Pipeline.create();
    pipeline.setPreserveOrder(false);
    pipeline
        .readFrom(KafkaEvents.source(assignment))
        .withTimestamps(event -> event.eventTimeMillis, OUT_OF_ORDER_MILLIS)
        .setLocalParallelism(threads)
        .flatMapUsingService(
            ServiceFactories.nonSharedService(context -> new Shares(handover)), Shares::of)
        .setLocalParallelism(threads)
        .groupingKey(share -> share.slice)
        .window(WindowDefinition.tumbling(CellKey.MINUTE_MILLIS))
        .aggregate(counting())
        .setLocalParallelism(threads)
        .writeTo(cells(handover, threads));
    return pipeline;
  }

  private static AggregateOperation1<Share, Measures, Measures> counting() {
    return AggregateOperation.withCreate(Measures::new)
        .<Share>andAccumulate((measures, share) -> share.addTo(measures))
        .andCombine(Measures::merge)
        .andExportFinish(measures -> measures);
  }

  private static Sink<KeyedWindowResult<Slice, Measures>> cells(String handover, int threads) {
    return SinkBuilder.sinkBuilder("cells", context -> Handover.named(handover))
        .<KeyedWindowResult<Slice, Measures>>receiveFn(
            (to, cell) -> to.cell(cell.end() - CellKey.MINUTE_MILLIS, cell.key(), cell.result()))
        .preferredLocalParallelism(threads)
        .build();
  }

  private static JobConfig job(Duration snapshots) {
    return new JobConfig()
        .setName("cube")
        .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
        .setSnapshotIntervalMillis(snapshots.toMillis())
        .setMetricsEnabled(false);
  }

  private static Config member(Assignment assignment) {
    Config config = new Config();
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(NOWHERE);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config
        .getJetConfig()
        .setEnabled(true)
        .setCooperativeThreadCount(assignment.threads())
        .setBackupCount(0);
    serialiser(config, Slice.class, new SliceSerializer());
    serialiser(config, Measures.class, new MeasuresSerializer());
    return config;
  }

  private static <T> void serialiser(Config config, Class<T> type, StreamSerializer<T> by) {
    config
        .getSerializationConfig()
        .addSerializerConfig(new SerializerConfig().setTypeClass(type).setImplementation(by));
  }
}
