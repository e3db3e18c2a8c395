package io.tillwatch.load.peers.jet;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.tillwatch.load.peers.Slice;
import java.io.IOException;

/** The bytes of a slice. Thread-safe. */
final class SliceSerializer implements StreamSerializer<Slice> {

  private static final int TYPE_ID = 1;

  @Override
  public int getTypeId() {
    return TYPE_ID;
  }

  @Override
  public void write(ObjectDataOutput out, Slice slice) throws IOException {
    out.writeByteArray(slice.bytes());
  }

  @Override
  public Slice read(ObjectDataInput in) throws IOException {
    byte[] bytes = in.readByteArray();
    if (bytes == null) {
      throw new IOException("a slice without bytes");
    }
    return new Slice(bytes);
  }
}
