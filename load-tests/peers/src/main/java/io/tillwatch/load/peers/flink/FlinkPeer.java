package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.contestant.Assignment;
import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.peers.Consumers;
import io.tillwatch.load.peers.Handover;
import io.tillwatch.load.peers.Share;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * {@code flink} and {@code flink-combiner}: keyed tumbling event-time windows of a minute over the
 * seven shares of every event, in a cluster of one process.
 *
 * <p>Settings, chosen in its favour where the handbook leaves a choice:
 *
 * <ul>
 *   <li>a subtask per thread of the assignment; source, flat map and combiner chained, window and
 *       sink chained, one shuffle between
 *   <li>checkpoints exactly once and aligned, to files, every second (or ten); state in hash maps
 *       on the heap, snapshots asynchronous
 *   <li>object reuse; every type has a serialiser by hand, Kryo is forbidden; slices and currencies
 *       that were read before are not made again
 *   <li>events decoded by hand, only what is needed, no object per event
 *   <li>watermarks per partition, {@link #OUT_OF_ORDER} behind
 *   <li>large fetches; no managed memory, which hash maps do not use
 * </ul>
 *
 * <p>The source ends where the topic ended at the start: that closes the last windows.
 */
public final class FlinkPeer {

  /** How far event time may go back within a partition; the bench's input never does. */
  static final Duration OUT_OF_ORDER = Duration.ofSeconds(1);

  private static final Duration WINDOW = Duration.ofMillis(CellKey.MINUTE_MILLIS);
  private static final MemorySize NETWORK = MemorySize.ofMebiBytes(128);

  private FlinkPeer() {}

  /** Runs the job to the end of the topic. */
  public static void run(Assignment assignment, Duration checkpoints, boolean combine)
      throws Exception {
    try (StreamExecutionEnvironment environment =
            StreamExecutionEnvironment.createLocalEnvironment(
                assignment.threads(), settings(assignment, checkpoints));
        Handover handover = Handover.open(assignment)) {
      DataStream<Share> shares =
          environment
              .fromSource(source(assignment), watermarks(), "events")
              .flatMap(new Shares(handover.name()))
              .name("shares")
              .returns(ShareSerializer.TYPE);
      cells(shares, combine).sinkTo(new CellSink(handover.name())).name("cells");
      handover.announcer().ready();
      environment.execute("cube");
      handover.announcer().done();
    }
  }

  private static SingleOutputStreamOperator<Cell> cells(DataStream<Share> shares, boolean combine) {
    if (combine) {
      return shares
          .transform("combiner", PartialSerializer.TYPE, new Combiner())
          .keyBy(Partial::slice, SliceSerializer.TYPE)
          .window(TumblingEventTimeWindows.of(WINDOW))
          .aggregate(
              new Counting.OfPartials(),
              new Cell.OfWindow(),
              MeasuresSerializer.TYPE,
              CellSerializer.TYPE);
    }
    return shares
        .keyBy(share -> share.slice, SliceSerializer.TYPE)
        .window(TumblingEventTimeWindows.of(WINDOW))
        .aggregate(
            new Counting.OfShares(),
            new Cell.OfWindow(),
            MeasuresSerializer.TYPE,
            CellSerializer.TYPE);
  }

  private static KafkaSource<AuthFields> source(Assignment assignment) {
    return KafkaSource.<AuthFields>builder()
        .setTopics(assignment.topic())
        .setProperties(Consumers.settings(assignment))
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .setDeserializer(new EventDecoding())
        .build();
  }

  private static WatermarkStrategy<AuthFields> watermarks() {
    return WatermarkStrategy.<AuthFields>forBoundedOutOfOrderness(OUT_OF_ORDER)
        .withTimestampAssigner((event, recordTime) -> event.eventTimeMillis);
  }

  private static Configuration settings(Assignment assignment, Duration checkpoints) {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, assignment.scratch().toUri().toString());
    // A bench that went on after a failure would measure something else.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    // The end must not wait for one more checkpoint.
    settings.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
    return settings;
  }
}
