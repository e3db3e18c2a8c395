package io.tillwatch.topology.delivery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;

/** Records of one partition that one poll brought, for a test driver. */
public final class PolledTogether extends TestRecord<byte[], byte[]> {

  private final Headers carrier;

  private PolledTogether(ConsumerRecord<byte[], byte[]> packed) {
    super(packed);
    this.carrier = packed.headers();
  }

  public static PolledTogether of(List<ConsumerRecord<byte[], byte[]>> records) {
    String topic = records.getFirst().topic();
    TopicPartition partition = new TopicPartition(topic, records.getFirst().partition());
    return new PolledTogether(
        new Packing(Set.of(topic))
            .pack(new ConsumerRecords<>(Map.of(partition, records), Map.of()))
            .records(partition)
            .getFirst());
  }

  /** By reference, as a source gets them; the base class copies. */
  @Override
  public Headers headers() {
    return carrier;
  }
}
