package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.recount.Measures;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Measures as they write themselves. */
final class MeasuresSerializer extends HandWritten<Measures> {

  static final TypeInformation<Measures> TYPE =
      new HandWrittenType<>(Measures.class, MeasuresSerializer::new);

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public MeasuresSerializer duplicate() {
    return this;
  }

  @Override
  public Measures createInstance() {
    return new Measures();
  }

  @Override
  public Measures copy(Measures from) {
    Measures copy = new Measures();
    copy.merge(from);
    return copy;
  }

  @Override
  public void serialize(Measures measures, DataOutputView out) throws IOException {
    measures.write(out);
  }

  @Override
  public Measures deserialize(DataInputView in) throws IOException {
    return Measures.read(in);
  }

  @Override
  public TypeSerializerSnapshot<Measures> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says in a checkpoint how it was written. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Measures> {
    /** Made by Flink. */
    public Snapshot() {
      super(MeasuresSerializer::new);
    }
  }
}
