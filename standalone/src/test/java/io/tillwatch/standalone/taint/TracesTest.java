package io.tillwatch.standalone.taint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteOptions;

/** Goal: {@link TaintIT} looks where it says. Method: something is there. */
class TracesTest {

  @TempDir private Path folder;

  private final Traces traces = new Traces(Needles.ofCanaries(Map.of()));

  /** In the file, a key has only what the one before has not. */
  @Test
  void aKeyOfAStoreIsFoundWhereItsFileHoldsHalfOfIt() throws Exception {
    RocksDB.loadLibrary();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB store = RocksDB.open(options, folder.resolve("desk").toString());
        WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
        FlushOptions flush = new FlushOptions()) {
      for (String key : List.of("card 4111111111", "card 4111111111111111", "of no card")) {
        store.put(unlogged, key.getBytes(StandardCharsets.UTF_8), new byte[1]);
      }
      store.flush(flush);
    }

    traces.lookThroughFiles(folder);

    assertThat(traces.found()).singleElement().asString().startsWith("stores: desk key: 1 times");
  }

  @Test
  void aFileIsFoundByItsContent() throws Exception {
    Files.writeString(folder.resolve("some.log"), "by t7@canary-s3.example");

    traces.lookThroughFiles(folder);

    assertThat(traces.found()).singleElement().asString().startsWith("files: some.log");
  }

  @Test
  void whatMayStandThereIsNotCounted() {
    byte[] said = "4111111111111111".getBytes(StandardCharsets.UTF_8);
    traces.look("answers", "one", said, find -> !find.startsWith("PAN"));

    assertThat(traces.found()).isEmpty();
  }
}
