package io.tillwatch.topology.cell;

import io.tillwatch.schemas.cube.CellBlock;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.PartialCell;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.SchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes blocks of cells: framed Avro of {@link CellBlock}, straight from and to tallies.
 *
 * <p>The bytes are the ones Avro itself would write (a test compares them); what is left out are
 * the objects in between. Blocks written with another version of the schema are read by Avro's
 * rules. Thread-safe.
 */
public final class CellBlocks {

  static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int ABSENT = -1;
  private static final EventKind[] EVENT_KINDS = EventKind.values();

  private final AvroSerde<CellBlock> anyVersion;
  private final byte[] header;

  /** Blocks as values of that subject. */
  public CellBlocks(String subject, SchemaIds ids) {
    this.anyVersion = new AvroSerde<>(CellBlock.class, subject, ids);
    int id = ids.idOf(subject, CellBlock.getClassSchema());
    this.header = ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array();
  }

  /**
   * What a block says besides its cells.
   *
   * @param sourcePartition partition of the ingest task; -1 when the cube stores its own cells
   * @param watermarkMillis event time up to which the task has seen its input; 0 before the first
   * @param idle whether the task has had nothing to read for a while
   */
  public record Head(
      String tenant, EventKind kind, int sourcePartition, long watermarkMillis, boolean idle) {}

  /** One cell of a block. */
  public record Cell(long minuteMillis, Slice slice, Tally tally) {}

  /** A block as it was read. */
  public record Block(Head head, List<Cell> cells) {}

  /** A writer of blocks of rows whose slices have their numbers in this index. */
  public BlockWriter writer(SliceIndex index) {
    return new BlockWriter(header, index);
  }

  /** A reader of blocks into tables whose slices have their numbers in this index. */
  public BlockReader reader(SliceIndex index) {
    return new BlockReader(this, index);
  }

  static void writeHead(Head head, AvroOut out) {
    out.text(head.tenant().getBytes(StandardCharsets.UTF_8));
    out.number(head.kind().ordinal());
    out.number(head.sourcePartition());
    out.number(head.watermarkMillis());
    out.bool(head.idle());
  }

  /** The same block as this version of the schema writes it. */
  byte[] inOwnVersion(byte[] block) {
    if (startsWithHeader(block)) {
      return block;
    }
    Block converted = convert(anyVersion.fromBytes(block));
    return write(converted.head(), converted.cells());
  }

  /** The block of these cells. */
  public byte[] write(Head head, List<Cell> cells) {
    Dictionary dictionary = new Dictionary();
    int[][] slices = new int[cells.size()][];
    for (int i = 0; i < slices.length; i++) {
      slices[i] = dictionary.encode(cells.get(i).slice());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 + cells.size() * 96);
    out.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      encoder.writeString(head.tenant());
      encoder.writeEnum(head.kind().ordinal());
      encoder.writeInt(head.sourcePartition());
      encoder.writeLong(head.watermarkMillis());
      encoder.writeBoolean(head.idle());
      dictionary.write(encoder);
      writeCells(cells, slices, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void writeCells(List<Cell> cells, int[][] slices, BinaryEncoder encoder)
      throws IOException {
    encoder.writeArrayStart();
    encoder.setItemCount(slices.length);
    for (int i = 0; i < slices.length; i++) {
      encoder.startItem();
      encoder.writeLong(cells.get(i).minuteMillis());
      encoder.writeArrayStart();
      encoder.setItemCount(slices[i].length);
      for (int index : slices[i]) {
        encoder.startItem();
        encoder.writeInt(index);
      }
      encoder.writeArrayEnd();
      TallyCodec.write(cells.get(i).tally(), encoder);
    }
    encoder.writeArrayEnd();
  }

  /** The block in these bytes. */
  public Block read(byte[] bytes) {
    if (!startsWithHeader(bytes)) {
      return convert(anyVersion.fromBytes(bytes));
    }
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
    try {
      Head head =
          new Head(
              decoder.readString(),
              EVENT_KINDS[decoder.readEnum()],
              decoder.readInt(),
              decoder.readLong(),
              decoder.readBoolean());
      List<String> dictionary = new ArrayList<>();
      for (long n = decoder.readArrayStart(); n != 0; n = decoder.arrayNext()) {
        for (long i = 0; i < n; i++) {
          dictionary.add(decoder.readString());
        }
      }
      return new Block(head, readCells(dictionary, decoder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Cell> readCells(List<String> dictionary, BinaryDecoder decoder)
      throws IOException {
    List<Cell> cells = new ArrayList<>();
    int[] indexes = new int[Dimension.ALL.size()];
    for (long n = decoder.readArrayStart(); n != 0; n = decoder.arrayNext()) {
      for (long i = 0; i < n; i++) {
        long minute = decoder.readLong();
        int dimension = 0;
        for (long m = decoder.readArrayStart(); m != 0; m = decoder.arrayNext()) {
          for (long j = 0; j < m; j++) {
            indexes[dimension++] = decoder.readInt();
          }
        }
        cells.add(new Cell(minute, slice(indexes, dictionary), TallyCodec.read(decoder)));
      }
    }
    return cells;
  }

  /** The kind of event that a block counts. */
  public EventKind kindIn(byte[] block) {
    if (!startsWithHeader(block)) {
      return anyVersion.fromBytes(block).getKind();
    }
    try {
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(block, HEADER_BYTES, block.length - HEADER_BYTES, null);
      decoder.skipString();
      return EVENT_KINDS[decoder.readEnum()];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean startsWithHeader(byte[] bytes) {
    for (int i = 0; i < HEADER_BYTES; i++) {
      if (i >= bytes.length || bytes[i] != header[i]) {
        return false;
      }
    }
    return true;
  }

  private static Block convert(CellBlock block) {
    List<Cell> cells = new ArrayList<>(block.getCells().size());
    for (PartialCell cell : block.getCells()) {
      int[] indexes = cell.getSlice().stream().mapToInt(Integer::intValue).toArray();
      cells.add(
          new Cell(
              cell.getMinute().toEpochMilli(),
              slice(indexes, block.getDictionary()),
              Tally.of(cell.getTotals())));
    }
    Head head =
        new Head(
            block.getTenant(),
            block.getKind(),
            block.getSourcePartition(),
            block.getWatermark().toEpochMilli(),
            block.getIdle());
    return new Block(head, cells);
  }

  private static Slice slice(int[] indexes, List<String> dictionary) {
    @Nullable String[] values = new @Nullable String[Dimension.ALL.size()];
    for (int i = 0; i < values.length && i < indexes.length; i++) {
      values[i] = indexes[i] == ABSENT ? null : dictionary.get(indexes[i]);
    }
    return Slice.at(values);
  }

  /** The values of one block, each with its number. */
  private static final class Dictionary {

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    int[] encode(Slice slice) {
      int[] encoded = new int[Dimension.ALL.size()];
      for (Dimension dimension : Dimension.ALL) {
        String value = slice.get(dimension);
        encoded[dimension.ordinal()] = value == null ? ABSENT : index(value);
      }
      return encoded;
    }

    private int index(String value) {
      Integer known = indexes.get(value);
      if (known != null) {
        return known;
      }
      indexes.put(value, values.size());
      values.add(value);
      return values.size() - 1;
    }

    void write(BinaryEncoder encoder) throws IOException {
      encoder.writeArrayStart();
      encoder.setItemCount(values.size());
      for (String value : values) {
        encoder.startItem();
        encoder.writeString(value);
      }
      encoder.writeArrayEnd();
    }
  }
}
