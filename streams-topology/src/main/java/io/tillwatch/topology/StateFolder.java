package io.tillwatch.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of one application on this disk: the folders of its tasks and that of the global
 * stores. To be looked at only by who holds the application's lock on it, before it runs.
 *
 * <p>After an unclean end Kafka Streams deletes the stores of a task file by file. Killed meanwhile
 * it leaves some that do not open, and takes that as fatal at each start from then on. All that
 * lies here can be read again from changelogs, so that a folder with such a store goes as a whole.
 */
final class StateFolder {

  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  /** Files that a store cannot do without, or that keep it from being made anew. */
  private static final Pattern OF_STORE = Pattern.compile("CURRENT|MANIFEST-\\d+|\\d+\\.(log|sst)");

  static {
    RocksDB.loadLibrary();
  }

  private final Path folder;

  /**
   * The stores of an application.
   *
   * @param stateDir that Kafka Streams is given
   */
  StateFolder(Path stateDir, String applicationId) {
    this.folder = stateDir.resolve(applicationId);
  }

  /**
   * Deletes each task's folder that has a store which does not open.
   *
   * @return names of the folders that are gone
   * @throws UncheckedIOException when one cannot be listed or deleted
   */
  List<String> dropBroken() {
    List<String> dropped = new ArrayList<>();
    try {
      for (Path task : foldersOf(folder)) {
        Optional<String> fault = faultOf(task);
        if (fault.isPresent()) {
          LOG.warn(
              "State of task {} does not open, is deleted and restored from its changelogs: {}",
              task.getFileName(),
              fault.get());
          delete(task);
          dropped.add(task.getFileName().toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("state folder %s".formatted(folder), e);
    }
    return dropped;
  }

  private static List<Path> foldersOf(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Optional<String> faultOf(Path task) throws IOException {
    List<Path> stores;
    try (Stream<Path> files = Files.walk(task)) {
      stores = files.filter(StateFolder::isOfStore).map(Path::getParent).distinct().toList();
    }
    return stores.stream().map(StateFolder::faultIn).flatMap(Optional::stream).findFirst();
  }

  private static boolean isOfStore(Path file) {
    return OF_STORE.matcher(file.getFileName().toString()).matches();
  }

  /** What RocksDB says when it opens a store to read; empty when it opens. */
  private static Optional<String> faultIn(Path store) {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (Options options = new Options().setInfoLogLevel(InfoLogLevel.HEADER_LEVEL);
        DBOptions forAll = new DBOptions(options)) {
      // Of a store whose manifest cannot be read the list is empty; then opening says why.
      List<ColumnFamilyDescriptor> families =
          Stream.concat(
                  Stream.of(RocksDB.DEFAULT_COLUMN_FAMILY),
                  RocksDB.listColumnFamilies(options, store.toString()).stream())
              .map(ByteBuffer::wrap)
              .distinct()
              .map(name -> new ColumnFamilyDescriptor(name.array()))
              .toList();
      try (RocksDB opened = RocksDB.openReadOnly(forAll, store.toString(), families, handles)) {
        handles.forEach(ColumnFamilyHandle::close);
      }
      return Optional.empty();
    } catch (RocksDBException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
