package io.tillwatch.load.recording;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.GZIPOutputStream;

/** A new text file, gzipped when its name says so, that takes a digest of its text. */
final class TextFile implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final OutputStream out;
  private final MessageDigest digest = sha256();

  TextFile(Path folder, String name) throws IOException {
    this.name = name;
    OutputStream file = Files.newOutputStream(folder.resolve(name), StandardOpenOption.CREATE_NEW);
    // The header of a GZIPOutputStream holds no time stamp and no name.
    out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(file, BUFFER_BYTES)
            : new BufferedOutputStream(file);
  }

  void write(CharSequence text) throws IOException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    digest.update(bytes);
    out.write(bytes);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** Adds name and digest to another's; to be called once, after the last text. */
  void addTo(MessageDigest whole) {
    whole.update(name.getBytes(StandardCharsets.UTF_8));
    whole.update(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
