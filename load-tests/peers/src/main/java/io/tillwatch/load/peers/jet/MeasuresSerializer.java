package io.tillwatch.load.peers.jet;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.tillwatch.load.bench.recount.Measures;
import java.io.IOException;

/** Measures as they write themselves. Thread-safe. */
final class MeasuresSerializer implements StreamSerializer<Measures> {

  private static final int TYPE_ID = 2;

  @Override
  public int getTypeId() {
    return TYPE_ID;
  }

  @Override
  public void write(ObjectDataOutput out, Measures measures) throws IOException {
    measures.write(out);
  }

  @Override
  public Measures read(ObjectDataInput in) throws IOException {
    return Measures.read(in);
  }
}
