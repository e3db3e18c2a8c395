package io.tillwatch.schemas.rulesfile;

import io.tillwatch.schemas.card.Confidential;
import io.tillwatch.schemas.incident.RulesFile;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were published so far: of each name the latest. Not thread-safe.
 *
 * @see #FILES_MAX
 * @see #CHARACTERS_MAX
 */
final class PublishedFiles {

  /** Files at most; of further ones the log says that they are left out. */
  static final int FILES_MAX = 100;

  /** Characters of one file; a longer one is left out, and the log says so. */
  static final int CHARACTERS_MAX = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PublishedFiles.class);

  private final Deserializer<RulesFile> values;
  private final SortedMap<String, String> texts = new TreeMap<>();

  PublishedFiles(Deserializer<RulesFile> values) {
    this.values = values;
  }

  /** Takes a record; one without a text takes its file away. */
  void take(ConsumerRecord<String, byte[]> record) {
    if (record.key() != null && Confidential.isIn(record.key())) {
      leaveOut(record, "its name holds");
      return;
    }
    RulesFile file = read(record);
    String text = file == null ? "" : file.getYaml();
    String name = record.topic() + '/' + record.key();
    if (text.isBlank()) {
      texts.remove(name);
    } else if (Confidential.isInCode(text)) {
      leaveOut(record, "its text holds");
    } else if (text.length() > CHARACTERS_MAX
        || (texts.size() >= FILES_MAX && !texts.containsKey(name))) {
      LOG.error(
          "{} is left out: {} characters and {} files, expected at most {} and {}",
          name,
          text.length(),
          texts.size() + 1,
          CHARACTERS_MAX,
          FILES_MAX);
    } else {
      texts.put(name, text);
    }
  }

  /** Not by name: that may be what is not shown. */
  private static void leaveOut(ConsumerRecord<String, byte[]> record, String where) {
    LOG.error(
        "{}-{}@{} is left out: {} card data or a secret",
        record.topic(),
        record.partition(),
        record.offset(),
        where);
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

  /** The texts, by topic and name. */
  SortedMap<String, String> texts() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }
}
