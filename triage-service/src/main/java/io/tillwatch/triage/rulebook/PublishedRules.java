package io.tillwatch.triage.rulebook;

import io.tillwatch.rules.RuleFile;
import io.tillwatch.schemas.incident.RulesFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files on the topic of published rules: of each name the latest. Not thread-safe.
 *
 * @see #FILES_MAX
 * @see #CHARACTERS_MAX
 */
final class PublishedRules {

  /** Files at most; of further ones the log says that they are left out. */
  static final int FILES_MAX = 100;

  /** Characters of one file; a longer one is left out, and the log says so. */
  static final int CHARACTERS_MAX = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PublishedRules.class);

  private final Deserializer<RulesFile> values;
  private final Map<String, RuleFile> files = new TreeMap<>();

  PublishedRules(Deserializer<RulesFile> values) {
    this.values = values;
  }

  /** Takes a record; one without a text takes its file away. */
  void take(ConsumerRecord<String, byte[]> record) {
    RulesFile file = read(record);
    String text = file == null ? "" : file.getYaml();
    if (text.isBlank()) {
      files.remove(record.key());
    } else if (text.length() > CHARACTERS_MAX
        || (files.size() >= FILES_MAX && !files.containsKey(record.key()))) {
      LOG.error(
          "Rules {} left out: {} characters and {} files, expected at most {} and {}",
          record.key(),
          text.length(),
          files.size() + 1,
          CHARACTERS_MAX,
          FILES_MAX);
    } else {
      files.put(record.key(), new RuleFile(record.topic() + '/' + record.key(), text));
    }
  }

  /** What cannot be read is no file. */
  private @Nullable RulesFile read(ConsumerRecord<String, byte[]> record) {
    try {
      return record.value() == null ? null : values.deserialize(record.topic(), record.value());
    } catch (SerializationException unreadable) {
      LOG.error(
          "Skipped {}-{}@{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          unreadable.getMessage());
      return null;
    }
  }

  /** The files, by name. */
  List<RuleFile> files() {
    return List.copyOf(files.values());
  }
}
