package io.tillwatch.load.peers;

import io.tillwatch.load.bench.contestant.Assignment;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The same fetch sizes for all, large ones as for the contestants that are built in. */
public final class Consumers {

  private static final int POLL_RECORDS_MAX = 10_000;
  private static final int PARTITION_FETCH_BYTES_MAX = 4 << 20;
  private static final int RECEIVE_BYTES = 1 << 20;

  private Consumers() {}

  /** Settings of a consumer, all of them texts. */
  public static Properties settings(Assignment assignment) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, text(POLL_RECORDS_MAX));
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, text(PARTITION_FETCH_BYTES_MAX));
    settings.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, text(RECEIVE_BYTES));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return settings;
  }

  private static String text(int number) {
    return Integer.toString(number);
  }
}
