package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.recount.Measures;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A cell; only asked when window and sink are not chained. */
final class CellSerializer extends HandWritten<Cell> {

  static final TypeInformation<Cell> TYPE = new HandWrittenType<>(Cell.class, CellSerializer::new);

  private static final long serialVersionUID = 1L;

  private final SliceSerializer slices = new SliceSerializer();
  private final MeasuresSerializer measures = new MeasuresSerializer();

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public CellSerializer duplicate() {
    return new CellSerializer();
  }

  @Override
  public Cell createInstance() {
    return new Cell(0, slices.createInstance(), new Measures());
  }

  @Override
  public Cell copy(Cell from) {
    return new Cell(from.minuteMillis(), from.slice(), measures.copy(from.measures()));
  }

  @Override
  public void serialize(Cell cell, DataOutputView out) throws IOException {
    out.writeLong(cell.minuteMillis());
    slices.serialize(cell.slice(), out);
    measures.serialize(cell.measures(), out);
  }

  @Override
  public Cell deserialize(DataInputView in) throws IOException {
    return new Cell(in.readLong(), slices.deserialize(in), measures.deserialize(in));
  }

  @Override
  public TypeSerializerSnapshot<Cell> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says in a checkpoint how it was written. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Cell> {
    /** Made by Flink. */
    public Snapshot() {
      super(CellSerializer::new);
    }
  }
}
