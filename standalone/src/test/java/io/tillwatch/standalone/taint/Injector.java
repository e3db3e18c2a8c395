package io.tillwatch.standalone.taint;

import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.kafka.KafkaConnection;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts each canary into each place of a record of each topic that others write to, one place a
 * record; into its key, its headers, and into bytes that are no record. Remembers what it wrote:
 * that is the one place where they may be.
 */
final class Injector implements AutoCloseable {

  /** Bytes of the frame before the record. */
  private static final int FRAME_BYTES = 5;

  private final Topics topics;
  private final Originals originals;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Set<String> places = new TreeSet<>();
  private int number;

  /** A record that the injector wrote. */
  record Written(TopicPartition partition, long offset) {}

  Injector(KafkaConnection connection, Topics topics, Originals originals) {
    this.topics = topics;
    this.originals = originals;
    ByteArraySerializer bytes = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(connection.clientProperties(), bytes, bytes);
  }

  /** Fills every place of every topic. */
  void inject() {
    Originals.inputsOf(topics).forEach(this::inject);
    producer.flush();
  }

  private void inject(Topic<?, ?> topic) {
    Class<?> type = ((AvroSerde<?>) topic.valueSerde()).type();
    for (Tainted.Place place : Tainted.places(SpecificData.get().getSchema(type))) {
      places.add(topic.name() + " " + place.name());
      for (Canary canary : Canary.values()) {
        if (!place.numeric() || canary == Canary.PAN) {
          number++;
          SpecificRecord original = originals.of(type, number);
          SpecificRecord record = place.with().into(original, canary.text(number));
          send(topic, Originals.keyOf(original, number), bytes(topic, record), canary);
        }
      }
    }
    for (Canary canary : Canary.values()) {
      broken(topic, type, canary);
    }
  }

  /** What stands where a key, a record, the end of one, or something behind it should be. */
  private void broken(Topic<?, ?> topic, Class<?> type, Canary canary) {
    number++;
    String text = canary.text(number);
    byte[] tainted = text.getBytes(StandardCharsets.UTF_8);
    byte[] valid = bytes(topic, originals.of(type, number));
    String key = Originals.keyOf(originals.of(type, number), number);
    send(topic, text, valid, canary);
    send(topic, text, null, canary);
    send(topic, key, tainted, canary);
    send(topic, key, joined(Arrays.copyOf(valid, FRAME_BYTES), tainted), canary);
    send(topic, key, joined(Arrays.copyOf(valid, valid.length / 2), tainted), canary);
    send(topic, key, joined(valid, tainted), canary);
    places.addAll(List.of(topic.name() + " key", topic.name() + " bytes"));
  }

  private void send(Topic<?, ?> topic, String key, byte @Nullable [] value, Canary canary) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value);
    String name = canary.after(1).text(number);
    byte[] said = canary.after(2).text(number).getBytes(StandardCharsets.UTF_8);
    record.headers().add(new RecordHeader(name, said));
    places.add(topic.name() + " headers");
    sent.add(producer.send(record));
  }

  @SuppressWarnings("unchecked") // a topic's values are of its type, which the record is as well
  private static byte[] bytes(Topic<?, ?> topic, SpecificRecord record) {
    return ((AvroSerde<SpecificRecord>) topic.valueSerde()).toBytes(record);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** What was written; waits until the broker has it. */
  Set<Written> written() throws Exception {
    Set<Written> written = new HashSet<>();
    for (Future<RecordMetadata> each : sent) {
      RecordMetadata at = each.get();
      written.add(new Written(new TopicPartition(at.topic(), at.partition()), at.offset()));
    }
    return written;
  }

  /** Fields, keys and headers that something was put into, with their topic. */
  Set<String> places() {
    return places;
  }

  @Override
  public void close() {
    producer.close();
  }
}
