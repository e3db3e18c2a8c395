package io.tillwatch.standalone.site;

import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records were ever sent to the payment topics, by their end offsets: what the door's
 * tallies are compared with. Counts records only while their producers use no transactions.
 */
final class PaymentRecords implements AutoCloseable {

  private final Admin admin;
  private final List<TopicPartition> partitions = new ArrayList<>();

  PaymentRecords(KafkaConnection connection, Topics topics) {
    this.admin = Admin.create(connection.clientProperties());
    for (Topic<?, ?> topic : topics.payments()) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        partitions.add(new TopicPartition(topic.name(), partition));
      }
    }
  }

  long count() {
    Map<TopicPartition, OffsetSpec> ends =
        partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    try {
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(ListOffsetsResultInfo::offset)
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not say how long its topics are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the broker", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
