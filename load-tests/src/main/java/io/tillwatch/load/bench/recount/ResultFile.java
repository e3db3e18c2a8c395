package io.tillwatch.load.bench.recount;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * The file in which a contestant hands in its cells: in any order, each once, then an end that says
 * the file is whole.
 */
public final class ResultFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int CELL = 1;
  private static final int END = 0;

  private final DataOutputStream out;

  /** A new file. */
  public ResultFile(Path file) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
  }

  /** Hands in one cell. */
  public void put(CellKey cell, Measures measures) throws IOException {
    out.writeByte(CELL);
    out.writeLong(cell.minuteMillis());
    out.writeUTF(cell.psp());
    out.writeUTF(cell.bin());
    out.writeUTF(cell.region());
    measures.write(out);
  }

  @Override
  public void close() throws IOException {
    out.writeByte(END);
    out.close();
  }

  /**
   * Reads all cells of a file.
   *
   * @throws java.io.EOFException when it is not whole
   */
  public static void read(Path file, BiConsumer<CellKey, Measures> each) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
      while (in.readByte() == CELL) {
        CellKey cell = new CellKey(in.readLong(), in.readUTF(), in.readUTF(), in.readUTF());
        each.accept(cell, Measures.read(in));
      }
    }
  }
}
