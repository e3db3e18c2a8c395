package io.tillwatch.topology.bin;

import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Writes BIN ranges to their topic, keyed by first BIN, and waits until the broker has them. */
public final class BinRangeLoader {

  private final Topic<String, BinRange> topic;

  public BinRangeLoader(Topic<String, BinRange> topic) {
    this.topic = topic;
  }

  /**
   * Sends these ranges; what has the same first BIN is replaced.
   *
   * @return pairs that overlap, for people: the narrowest wins
   */
  public List<String> load(List<BinRange> ranges, Producer<String, byte[]> producer) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(ranges.size());
    for (BinRange range : ranges) {
      byte[] value = topic.valueSerde().serializer().serialize(topic.name(), range);
      sent.add(producer.send(new ProducerRecord<>(topic.name(), range.getStart(), value)));
    }
    producer.flush();
    for (Future<RecordMetadata> acknowledgement : sent) {
      await(acknowledgement);
    }
    return BinTable.of(ranges).overlaps();
  }

  private static void await(Future<RecordMetadata> acknowledgement) {
    try {
      acknowledgement.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("a BIN range was not stored", e.getCause());
    }
  }
}
