package io.tillwatch.schemas.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * What a topology needs before it may count anything exactly once; checked at start, for an older
 * library or cluster gives wrong counts without a word.
 *
 * <p>Kafka Streams 4.2.0 and 4.2.1 restore wrong window state after a kill (KAFKA-20685). Without
 * transaction version 2 (KIP-890) a transaction can hang, or commit a record that belongs to
 * another.
 */
public final class ExactlyOnce {

  private static final int[] LIBRARY_MIN = {4, 3, 1};
  private static final String LIBRARY_RESOURCE = "/kafka/kafka-streams-version.properties";
  private static final String FEATURE = "transaction.version";
  private static final short FEATURE_MIN = 2;
  private static final int ANSWER_SECONDS_MAX = 30;

  private ExactlyOnce() {}

  /**
   * Checks the Kafka Streams library on the class path, then the cluster.
   *
   * @throws IllegalStateException with what was found and what to do
   * @throws KafkaException when the cluster cannot be asked
   */
  public static void require(Admin admin) {
    requireLibrary(libraryVersion());
    requireCluster(transactionVersion(admin));
  }

  static void requireLibrary(@Nullable String version) {
    if (version == null || compare(version) < 0) {
      throw new IllegalStateException(
          "kafka-streams is %s, expected 4.3.1 or later: older ones lose window state in a crash"
              .formatted(version));
    }
  }

  static void requireCluster(short transactionVersion) {
    if (transactionVersion < FEATURE_MIN) {
      throw new IllegalStateException(
          ("the cluster's %s is %d, expected %d or more:"
                  + " kafka-features.sh upgrade --feature %s=%d")
              .formatted(FEATURE, transactionVersion, FEATURE_MIN, FEATURE, FEATURE_MIN));
    }
  }

  private static int compare(String version) {
    String[] parts = version.split("[.-]");
    for (int i = 0; i < LIBRARY_MIN.length; i++) {
      int part = i < parts.length && parts[i].matches("\\d{1,6}") ? Integer.parseInt(parts[i]) : 0;
      if (part != LIBRARY_MIN[i]) {
        return Integer.compare(part, LIBRARY_MIN[i]);
      }
    }
    return 0;
  }

  private static @Nullable String libraryVersion() {
    try (InputStream in = ExactlyOnce.class.getResourceAsStream(LIBRARY_RESOURCE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException(LIBRARY_RESOURCE + " cannot be read", e);
    }
  }

  private static short transactionVersion(Admin admin) {
    try {
      Map<String, FinalizedVersionRange> features =
          admin
              .describeFeatures()
              .featureMetadata()
              .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
              .finalizedFeatures();
      FinalizedVersionRange range = features.get(FEATURE);
      return range == null ? 0 : range.maxVersionLevel();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the cluster did not say which features it has", e);
    }
  }
}
