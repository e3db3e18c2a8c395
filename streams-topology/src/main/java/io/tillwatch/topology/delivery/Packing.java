package io.tillwatch.topology.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes one record of what a poll brought of a partition of these topics. Thread-safe.
 *
 * <p>The packed record stands where its first one stood: Kafka Streams commits that offset while
 * the record waits in a queue, and where the next poll goes on once nothing waits. So its offset
 * and leader epoch are the first one's, and what the poll says of next offsets is left alone. Its
 * time is the first one's, too: between the partitions of a task the smallest time goes first, and
 * a record must not wait for what comes after it. Nor may it drag along what is far ahead of it: a
 * topic with few records would run days ahead of one with many, whose events were then too late.
 * Therefore a new packed record begins where the time is more than {@link #AHEAD_MILLIS_MAX} ahead
 * of the first.
 */
final class Packing {

  /** Of the time that other partitions may be ahead, this much is added by packing. */
  static final long AHEAD_MILLIS_MAX = 10_000;

  private static final byte[] NO_BYTES = {};

  private final Set<String> topics;

  Packing(Set<String> topics) {
    this.topics = Set.copyOf(topics);
  }

  ConsumerRecords<byte[], byte[]> pack(ConsumerRecords<byte[], byte[]> polled) {
    if (polled.isEmpty()) {
      return polled;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> packed = new LinkedHashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      packed.put(partition, topics.contains(partition.topic()) ? packed(records) : records);
    }
    return new ConsumerRecords<>(packed, polled.nextOffsets());
  }

  private static List<ConsumerRecord<byte[], byte[]>> packed(
      List<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> packed = new ArrayList<>(1);
    int from = 0;
    while (from < records.size()) {
      int to = end(records, from);
      packed.add(one(records.subList(from, to)));
      from = to;
    }
    return packed;
  }

  private static int end(List<ConsumerRecord<byte[], byte[]>> records, int from) {
    long first = records.get(from).timestamp();
    int to = from + 1;
    while (to < records.size() && records.get(to).timestamp() - first <= AHEAD_MILLIS_MAX) {
      to++;
    }
    return to;
  }

  /** Sizes are those of all together: the metrics of bytes consumed are made of them. */
  private static ConsumerRecord<byte[], byte[]> one(List<ConsumerRecord<byte[], byte[]>> records) {
    long keyBytes = 0;
    long valueBytes = 0;
    for (int i = 0; i < records.size(); i++) {
      keyBytes += Math.max(0, records.get(i).serializedKeySize());
      valueBytes += Math.max(0, records.get(i).serializedValueSize());
    }
    ConsumerRecord<byte[], byte[]> first = records.getFirst();
    return new ConsumerRecord<>(
        first.topic(),
        first.partition(),
        first.offset(),
        first.timestamp(),
        first.timestampType(),
        Math.clamp(keyBytes, 0, Integer.MAX_VALUE),
        Math.clamp(valueBytes, 0, Integer.MAX_VALUE),
        null,
        NO_BYTES,
        new DeliveryHeaders(new Deliveries(records)),
        first.leaderEpoch());
  }
}
