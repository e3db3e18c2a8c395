package io.tillwatch.standalone.site;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that everything a site keeps is in; a temporary one goes when it is closed. */
public final class DataFolder implements AutoCloseable {

  private final Path path;
  private final boolean temporary;

  private DataFolder(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /** A new folder that is removed at the end. */
  public static DataFolder temporary() throws IOException {
    return new DataFolder(Files.createTempDirectory("tillwatch-"), true);
  }

  /** A folder that is kept; created when missing. */
  public static DataFolder kept(Path path) throws IOException {
    Files.createDirectories(path);
    return new DataFolder(path.toAbsolutePath(), false);
  }

  /**
   * A folder that is kept and must have nothing in it yet.
   *
   * @throws WrongInput when there is something in it
   */
  public static DataFolder empty(Path path) throws IOException {
    DataFolder folder = kept(path);
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.findAny().isPresent()) {
        throw new WrongInput("the folder %s is not empty".formatted(path));
      }
    }
    return folder;
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.walkFileTree(path, new Removal());
    }
  }

  /** Removes files, then the folders they were in. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
