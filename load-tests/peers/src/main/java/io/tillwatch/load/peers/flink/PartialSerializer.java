package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.recount.Measures;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A slice and its measures. */
final class PartialSerializer extends HandWritten<Partial> {

  static final TypeInformation<Partial> TYPE =
      new HandWrittenType<>(Partial.class, PartialSerializer::new);

  private static final long serialVersionUID = 1L;

  private final SliceSerializer slices = new SliceSerializer();
  private final MeasuresSerializer measures = new MeasuresSerializer();

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public PartialSerializer duplicate() {
    return new PartialSerializer();
  }

  @Override
  public Partial createInstance() {
    return new Partial(slices.createInstance(), new Measures());
  }

  @Override
  public Partial copy(Partial from) {
    return new Partial(from.slice(), measures.copy(from.measures()));
  }

  @Override
  public void serialize(Partial partial, DataOutputView out) throws IOException {
    slices.serialize(partial.slice(), out);
    measures.serialize(partial.measures(), out);
  }

  @Override
  public Partial deserialize(DataInputView in) throws IOException {
    return new Partial(slices.deserialize(in), measures.deserialize(in));
  }

  @Override
  public TypeSerializerSnapshot<Partial> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says in a checkpoint how it was written. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Partial> {
    /** Made by Flink. */
    public Snapshot() {
      super(PartialSerializer::new);
    }
  }
}
