package io.tillwatch.load.peers.jet;

import com.hazelcast.function.SupplierEx;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.EventTimeMapper;
import com.hazelcast.jet.core.EventTimePolicy;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamSource;
import io.tillwatch.load.bench.contestant.Assignment;
import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.peers.Consumers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic to where it ended at the start. Its place in each partition, and how far event time
 * has come there, are part of the snapshots.
 *
 * <p>Stands in for Hazelcast's Kafka connector, which is not to be had in the core's version:
 * partitions dealt out to the processors, a thread for each. Such a processor may block: what it
 * emits is taken before the call returns, so a place is never ahead of what was emitted.
 */
final class KafkaEvents extends AbstractProcessor {

  private static final Duration POLL = Duration.ofMillis(50);

  private final SupplierEx<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final int partitions;
  private final EventTimeMapper<AuthFields> times;

  private final List<TopicPartition> mine = new ArrayList<>();
  private int step = 1;

  // In order of the partitions that are mine.
  private long[] next = {};
  private long[] end = {};
  private @Nullable Consumer<byte[], byte[]> consumer;
  private Traverser<Object> emitting = Traversers.empty();

  KafkaEvents(
      SupplierEx<Consumer<byte[], byte[]>> consumers,
      String topic,
      int partitions,
      EventTimePolicy<? super AuthFields> policy) {
    this.consumers = consumers;
    this.topic = topic;
    this.partitions = partitions;
    times = new EventTimeMapper<>(policy);
  }

  static StreamSource<AuthFields> source(Assignment assignment) {
    Properties settings = Consumers.settings(assignment);
    String topic = assignment.topic();
    int partitions = assignment.partitions();
    SupplierEx<Consumer<byte[], byte[]>> consumers =
        () ->
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return Sources.streamFromProcessorWithWatermarks(
        "events",
        false,
        policy ->
            ProcessorMetaSupplier.of(() -> new KafkaEvents(consumers, topic, partitions, policy)));
  }

  @Override
  public boolean isCooperative() {
    return false;
  }

  @Override
  protected void init(Context context) {
    step = context.totalParallelism();
    for (int p = context.globalProcessorIndex(); p < partitions; p += step) {
      mine.add(new TopicPartition(topic, p));
    }
    Consumer<byte[], byte[]> opened = consumers.get();
    opened.assign(mine);
    next = inOrder(opened.beginningOffsets(mine));
    end = inOrder(opened.endOffsets(mine));
    times.addPartitions(mine.size());
    for (int i = 0; i < mine.size(); i++) {
      opened.seek(mine.get(i), next[i]);
    }
    consumer = opened;
  }

  private long[] inOrder(Map<TopicPartition, Long> offsets) {
    return mine.stream().mapToLong(partition -> offsets.getOrDefault(partition, 0L)).toArray();
  }

  @Override
  public boolean complete() {
    if (!emitFromTraverser(emitting)) {
      return false;
    }
    if (isAtEnd() || consumer == null) {
      return true;
    }
    emitting = events(consumer.poll(POLL));
    emitFromTraverser(emitting);
    return false;
  }

  private boolean isAtEnd() {
    for (int i = 0; i < next.length; i++) {
      if (next[i] < end[i]) {
        return false;
      }
    }
    return true;
  }

  private Traverser<Object> events(ConsumerRecords<byte[], byte[]> records) {
    return records.isEmpty()
        ? times.flatMapIdle()
        : Traversers.traverseIterable(records).flatMap(this::event);
  }

  private Traverser<Object> event(ConsumerRecord<byte[], byte[]> record) {
    // Partitions are dealt out one to each processor in turn.
    int i = record.partition() / step;
    AuthFields event = new AuthFields();
    event.read(record.value());
    next[i] = record.offset() + 1;
    return times.flatMapEvent(event, i, EventTimeMapper.NO_NATIVE_TIME);
  }

  @Override
  public boolean saveToSnapshot() {
    for (int i = 0; i < mine.size(); i++) {
      if (!tryEmitToSnapshot(
          BroadcastKey.broadcastKey(mine.get(i).partition()),
          new long[] {next[i], times.getWatermark(i)})) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected void restoreFromSnapshot(Object key, Object value) {
    // Every processor is shown what all have saved.
    int i = mine.indexOf(new TopicPartition(topic, (Integer) ((BroadcastKey<?>) key).key()));
    if (i >= 0) {
      long[] saved = (long[]) value;
      next[i] = saved[0];
      times.restoreWatermark(i, saved[1]);
      Objects.requireNonNull(consumer).seek(mine.get(i), next[i]);
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
  }
}
