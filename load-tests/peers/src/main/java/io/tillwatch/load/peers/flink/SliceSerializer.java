package io.tillwatch.load.peers.flink;

import io.tillwatch.load.peers.Interned;
import io.tillwatch.load.peers.Slice;
import io.tillwatch.load.peers.Slicer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The bytes of a slice; one that was read before is not made again. */
final class SliceSerializer extends HandWritten<Slice> {

  static final TypeInformation<Slice> TYPE =
      new HandWrittenType<>(Slice.class, SliceSerializer::new);

  private static final long serialVersionUID = 1L;
  private static final int BYTES_MAX = 3 * (1 + Byte.MAX_VALUE);

  private transient @Nullable Interned<Slice> read;
  private transient byte @Nullable [] scratch;

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public SliceSerializer duplicate() {
    return new SliceSerializer();
  }

  @Override
  public Slice createInstance() {
    return new Slice(new byte[3]);
  }

  @Override
  public Slice copy(Slice from) {
    return from;
  }

  @Override
  public void serialize(Slice slice, DataOutputView out) throws IOException {
    byte[] bytes = slice.bytes();
    out.writeShort(bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  @Override
  public Slice deserialize(DataInputView in) throws IOException {
    Interned<Slice> known = read;
    byte[] buffer = scratch;
    if (known == null || buffer == null) {
      known = new Interned<>(Slicer.SLICE_BITS, Slice::new);
      buffer = new byte[BYTES_MAX];
      read = known;
      scratch = buffer;
    }
    int length = in.readUnsignedShort();
    in.readFully(buffer, 0, length);
    return known.of(buffer, 0, length);
  }

  @Override
  public TypeSerializerSnapshot<Slice> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says in a checkpoint how it was written. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Slice> {
    /** Made by Flink. */
    public Snapshot() {
      super(SliceSerializer::new);
    }
  }
}
