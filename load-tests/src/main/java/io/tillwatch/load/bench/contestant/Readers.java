package io.tillwatch.load.bench.contestant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from the start to the end with a plain consumer per thread, the partitions dealt
 * out; fetches are large, as PERFORMANCE asks.
 */
public final class Readers {

  private static final int POLL_RECORDS_MAX = 10_000;
  private static final int PARTITION_FETCH_BYTES_MAX = 4 << 20;
  private static final int RECEIVE_BYTES = 1 << 20;
  private static final Duration POLL = Duration.ofMillis(100);

  private Readers() {}

  /** What one thread does with what it reads. */
  public interface Sink {
    /** Takes a batch. */
    void take(ConsumerRecords<byte[], byte[]> records);

    /** Nothing more will come. */
    default void end() {}
  }

  /** Reads everything there is, then returns; announces readiness and progress. */
  public static void run(Assignment assignment, Announcer announcer, IntFunction<Sink> sinks)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(assignment.threads())) {
      List<Future<?>> running = new ArrayList<>();
      announcer.ready();
      for (int i = 0; i < assignment.threads(); i++) {
        int thread = i;
        Sink sink = sinks.apply(thread);
        running.add(threads.submit(() -> read(assignment, thread, announcer, sink)));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    }
  }

  private static void read(Assignment assignment, int thread, Announcer announcer, Sink sink) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties(assignment), bytes, bytes)) {
      List<TopicPartition> mine = partitions(assignment, thread);
      consumer.assign(mine);
      consumer.seekToBeginning(mine);
      long rest = consumer.endOffsets(mine).values().stream().mapToLong(Long::longValue).sum();
      while (rest > 0) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        sink.take(records);
        rest -= records.count();
        announcer.add(records.count());
      }
      sink.end();
    }
  }

  private static List<TopicPartition> partitions(Assignment assignment, int thread) {
    List<TopicPartition> mine = new ArrayList<>();
    for (int p = thread; p < assignment.partitions(); p += assignment.threads()) {
      mine.add(new TopicPartition(assignment.topic(), p));
    }
    return mine;
  }

  private static Map<String, Object> properties(Assignment assignment) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES_MAX);
    properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BYTES);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return properties;
  }
}
