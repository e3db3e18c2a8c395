package io.tillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StateFolderTest {

  private static final String CELLS = "2_0/cube-cells/cube-cells.0";
  private static final String STATE = "2_0/rocksdb/cube-state";
  private static final String NEIGHBOUR = "2_1/cube-cells/cube-cells.0";
  private static final String GLOBAL = "global/rocksdb/bin-ranges";

  @TempDir private Path stateDir;

  private Path application;
  private StateFolder folder;

  @BeforeEach
  void fill() throws Exception {
    application = stateDir.resolve("app");
    folder = new StateFolder(stateDir, "app");
    for (String store : List.of(CELLS, STATE, NEIGHBOUR, GLOBAL)) {
      write(application.resolve(store));
    }
    Files.writeString(application.resolve("kafka-streams-process-metadata"), "{}");
    Files.createDirectory(application.resolve("2_2"));
  }

  /** A store as Kafka Streams makes it: offsets in a column family of their own, no log. */
  private static void write(Path store) throws RocksDBException, IOException {
    Files.createDirectories(store);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        FlushOptions flush = new FlushOptions();
        RocksDB db =
            RocksDB.open(
                options,
                store.toString(),
                List.of(
                    new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                    new ColumnFamilyDescriptor("offsets".getBytes(StandardCharsets.UTF_8))),
                handles)) {
      for (ColumnFamilyHandle handle : handles) {
        db.put(handle, new byte[] {1}, new byte[] {2});
        db.flush(flush, handle);
        handle.close();
      }
    }
  }

  private void delete(String store, String name) throws IOException {
    try (Stream<Path> files = Files.list(application.resolve(store))) {
      for (Path file : files.filter(f -> f.getFileName().toString().matches(name)).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void whatOpensStays() throws Exception {
    assertThat(folder.dropBroken()).isEmpty();
    for (String store : List.of(CELLS, STATE, NEIGHBOUR, GLOBAL)) {
      write(application.resolve(store));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST-.*", "CURRENT", ".*\\.sst", "(?!.*\\.log).*"})
  void oneStoreThatDoesNotOpenTakesItsTaskAlong(String missing) throws Exception {
    delete(STATE, missing);
    assertThat(folder.dropBroken()).containsExactly("2_0");
    assertThat(application.resolve("2_0")).doesNotExist();
    write(application.resolve(NEIGHBOUR));
    assertThat(application.resolve("kafka-streams-process-metadata")).exists();
    assertThat(folder.dropBroken()).isEmpty();
  }

  @Test
  void globalStoresAreATaskOfTheirOwn() throws Exception {
    delete(GLOBAL, "MANIFEST-.*");
    assertThat(folder.dropBroken()).containsExactly("global");
    assertThat(application.resolve(CELLS)).exists();
  }

  @Test
  void aFolderThatIsNotThereIsFine() {
    assertThat(new StateFolder(stateDir, "other").dropBroken()).isEmpty();
  }
}
