package io.tillwatch.topology;

import io.tillwatch.schemas.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is set up for the topology: exactly once, in large batches. */
final class StreamsProperties {

  /** Of one poll, all partitions of a thread together: some 3 MiB of heap. */
  private static final int POLL_RECORDS_MAX = 5_000;

  /**
   * Deliveries, not records, that may wait per partition before it is paused. They wait while
   * another partition of their task is behind, because the oldest goes first. A thread holds less
   * than two polls of each of its partitions, even if all others are behind one.
   */
  private static final int DELIVERIES_WAITING_MAX = 1;

  /**
   * Of one partition, compressed. A process holds this much of each partition at most: 4 MiB times
   * (six kinds times the partitions of a payment topic, and those of the cells) when all are far
   * behind, about 120 MiB by default.
   */
  private static final int FETCH_BYTES_MAX = 4 * 1024 * 1024;

  /** A broker waits for so much, but not longer than {@link #FETCH_WAIT_MILLIS}. */
  private static final int FETCH_BYTES_MIN = 64 * 1024;

  /** Little beside a commit interval; many small polls cost several times as much per record. */
  private static final int FETCH_WAIT_MILLIS = 20;

  private static final int BATCH_BYTES = 256 * 1024;

  /** As long as a commit interval, which sends at once what waits. */
  private static final int LINGER_MILLIS = 1_000;

  private static final int RETRY_MILLIS = 20;

  /** A killed instance is noticed after this. */
  private static final int SESSION_MILLIS = 10_000;

  private StreamsProperties() {}

  /**
   * @param applicationServer host:port under which other instances reach the queries of this one;
   *     empty for none
   */
  static Properties of(TopologySettings settings, KafkaConnection kafka, String applicationServer) {
    TopologySettings.Runtime runtime = settings.runtime();
    Properties properties = new Properties();
    properties.putAll(kafka.clientProperties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, runtime.stateDir());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, runtime.threads());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, runtime.commitInterval().toMillis());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, runtime.standbyReplicas());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) runtime.replication());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class);
    put(properties, StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, DELIVERIES_WAITING_MAX);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    // Whatever clock the events run on, internal topics are kept by the broker's.
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), "LogAppendTime");
    if (!applicationServer.isEmpty()) {
      properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, applicationServer);
    }
    consumer(properties);
    producer(properties, runtime.transactionTimeout());
    return properties;
  }

  private static void consumer(Properties properties) {
    put(properties, consumerKey(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    put(properties, consumerKey(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS_MAX);
    put(properties, consumerKey(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES_MAX);
    put(properties, consumerKey(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCH_BYTES_MIN);
    put(properties, consumerKey(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MILLIS);
    put(properties, consumerKey(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
  }

  private static void producer(Properties properties, Duration transactionTimeout) {
    put(
        properties,
        producerKey(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        (int) transactionTimeout.toMillis());
    put(properties, producerKey(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    put(properties, producerKey(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    put(properties, producerKey(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
    // The first request after a commit may find the markers still being written. It is refused and
    // sent again soon; more requests in flight would all be refused for being out of order.
    put(properties, producerKey(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    put(properties, producerKey(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_MILLIS);
  }

  private static String consumerKey(String key) {
    return StreamsConfig.mainConsumerPrefix(key);
  }

  private static String producerKey(String key) {
    return StreamsConfig.producerPrefix(key);
  }

  /** What the site's own client properties say wins. */
  private static void put(Properties properties, String key, Object value) {
    properties.putIfAbsent(key, value);
  }
}
