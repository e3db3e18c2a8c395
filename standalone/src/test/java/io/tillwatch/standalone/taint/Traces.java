package io.tillwatch.standalone.taint;

import io.tillwatch.schemas.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** All that is looked through, and what was found in it. Not thread-safe. */
final class Traces {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int PLACES_MAX = 30;
  private static final int FINDS_MAX = 3;

  private final Needles needles;
  private final Map<String, List<String>> found = new TreeMap<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private final Set<String> controls = new TreeSet<>();

  Traces(Needles needles) {
    this.needles = needles;
  }

  /** Looks through something of a kind. */
  void look(String kind, String where, byte[] content) {
    look(kind, where, content, find -> true);
  }

  /**
   * The same.
   *
   * @param counts which finds do: a secret may be shown to the one it is for
   */
  void look(String kind, String where, byte[] content, Predicate<String> counts) {
    bytes.merge(kind, (long) content.length, Long::sum);
    for (String find : needles.in(content)) {
      if (find.startsWith(Needles.CONTROL)) {
        controls.add(kind);
      } else if (counts.test(find)) {
        found.computeIfAbsent(kind + ": " + where, at -> new ArrayList<>()).add(find);
      }
    }
  }

  void look(String kind, String where, String content) {
    look(kind, where, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Every record of every topic, internal ones and uncommitted ones too, but for these. */
  void lookThroughTopics(KafkaConnection connection, Set<Injector.Written> but) throws Exception {
    List<TopicPartition> partitions = partitions(connection);
    Map<String, Object> properties = new HashMap<>(connection.clientProperties());
    properties.put("isolation.level", "read_uncommitted");
    properties.put("exclude.internal.topics", "false");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          TopicPartition at = new TopicPartition(record.topic(), record.partition());
          if (!but.contains(new Injector.Written(at, record.offset()))) {
            look(record);
          }
        }
      }
    }
  }

  private static List<TopicPartition> partitions(KafkaConnection connection) throws Exception {
    try (Admin admin = Admin.create(connection.clientProperties())) {
      Set<String> names =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      List<TopicPartition> partitions = new ArrayList<>();
      admin
          .describeTopics(names)
          .allTopicNames()
          .get()
          .values()
          .forEach(topic ->
              topic
                  .partitions()
                  .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition()))));
      return partitions;
    }
  }

  private void look(ConsumerRecord<byte[], byte[]> record) {
    String where = "%s@%d".formatted(record.topic(), record.offset());
    if (record.key() != null) {
      look("topics", where + " key", record.key());
    }
    if (record.value() != null) {
      look("topics", where, record.value());
    }
    for (Header header : record.headers()) {
      look("topics", where + " header", header.key());
      if (header.value() != null) {
        look("topics", where + " header", header.value());
      }
    }
  }

  /** Files as they lie there; stores entry by entry as well: in a file, keys share beginnings. */
  void lookThroughFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        look("files", folder.relativize(file).toString(), Files.readAllBytes(file));
        if (file.getFileName().toString().equals("CURRENT")) {
          lookThroughStore(folder, file.getParent());
        }
      }
    }
  }

  private void lookThroughStore(Path folder, Path store) {
    String where = folder.relativize(store).toString();
    try (Options any = new Options();
        DBOptions options = new DBOptions();
        ColumnFamilyOptions family = new ColumnFamilyOptions()) {
      List<ColumnFamilyDescriptor> families =
          RocksDB.listColumnFamilies(any, store.toString()).stream()
              .map(name -> new ColumnFamilyDescriptor(name, family))
              .toList();
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      try (RocksDB db = RocksDB.openReadOnly(options, store.toString(), families, handles)) {
        for (ColumnFamilyHandle handle : handles) {
          lookThrough(db, handle, where);
          handle.close();
        }
      }
    } catch (RocksDBException e) {
      throw new IllegalStateException(where, e);
    }
  }

  private void lookThrough(RocksDB db, ColumnFamilyHandle handle, String where) {
    try (RocksIterator entries = db.newIterator(handle)) {
      for (entries.seekToFirst(); entries.isValid(); entries.next()) {
        look("stores", where + " key", entries.key());
        look("stores", where, entries.value());
      }
    }
  }

  /** Where something was found, of each kind a few places with a few finds. */
  List<String> found() {
    Map<String, Integer> shown = new HashMap<>();
    return found.entrySet().stream()
        .filter(place -> shown.merge(kindOf(place.getKey()), 1, Integer::sum) <= PLACES_MAX)
        .map(place ->
            "%s: %d times, %s"
                .formatted(
                    place.getKey(),
                    place.getValue().size(),
                    place.getValue().subList(0, Math.min(FINDS_MAX, place.getValue().size()))))
        .toList();
  }

  private static String kindOf(String place) {
    return place.substring(0, place.indexOf(':'));
  }

  /** Kinds in which the harmless word was found. */
  Set<String> controls() {
    return controls;
  }

  /** Bytes that were looked through, by kind. */
  Map<String, Long> bytes() {
    return bytes;
  }
}
