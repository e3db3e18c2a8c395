package io.tillwatch.standalone.site;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings a data folder was made with, kept beside the data: what is on disk was laid out by
 * them, so every later start has the same.
 */
final class SiteFile {

  private static final String NAME = "site.properties";

  private SiteFile() {}

  /** The folder's own settings laid over these; on the first start these become the folder's. */
  static Map<String, String> settle(Path folder, Map<String, String> settings) {
    Path file = folder.resolve(NAME);
    Map<String, String> settled = new TreeMap<>(settings);
    try {
      if (Files.exists(file)) {
        read(file).forEach((key, value) -> settled.put((String) key, (String) value));
      } else {
        write(file, settings);
      }
      return settled;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + file, e);
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static void write(Path file, Map<String, String> settings) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "What this data folder was made with; not to be changed.");
    }
  }
}
