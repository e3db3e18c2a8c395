package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.contestant.AuthFields;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** An event as its frame; only asked when source and flat map are not chained. */
final class EventSerializer extends HandWritten<AuthFields> {

  static final TypeInformation<AuthFields> TYPE =
      new HandWrittenType<>(AuthFields.class, EventSerializer::new);

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public EventSerializer duplicate() {
    return this;
  }

  @Override
  public AuthFields createInstance() {
    return new AuthFields();
  }

  @Override
  public AuthFields copy(AuthFields from) {
    AuthFields copy = new AuthFields();
    copy.read(from.frame);
    return copy;
  }

  @Override
  public void serialize(AuthFields event, DataOutputView out) throws IOException {
    out.writeInt(event.frame.length);
    out.write(event.frame);
  }

  @Override
  public AuthFields deserialize(DataInputView in) throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    AuthFields event = new AuthFields();
    event.read(frame);
    return event;
  }

  @Override
  public TypeSerializerSnapshot<AuthFields> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says in a checkpoint how it was written. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AuthFields> {
    /** Made by Flink. */
    public Snapshot() {
      super(EventSerializer::new);
    }
  }
}
