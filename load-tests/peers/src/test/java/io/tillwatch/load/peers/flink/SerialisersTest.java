package io.tillwatch.load.peers.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.bench.recount.RollUp;
import io.tillwatch.load.peers.Events;
import io.tillwatch.load.peers.Share;
import io.tillwatch.load.peers.Slicer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/**
 * Goal: what comes out of a serialiser is what went in, and nothing is left over. Method: two of
 * each one after the other, so that a byte too many or too few shows.
 */
class SerialisersTest {

  private static final int BUFFER_BYTES = 64;

  private final AuthFields event = Events.read(Events.MINUTE, "northpay", "41111111", "eu-west");

  private Share share() {
    Share share = new Share();
    new Slicer().share(event, RollUp.PSP_REGION, share);
    share.reason = 7;
    return share;
  }

  private Measures measures() {
    Measures measures = new Measures();
    share().addTo(measures);
    return measures;
  }

  private static <T> T there(TypeSerializer<T> serialiser, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(BUFFER_BYTES);
    serialiser.serialize(value, out);
    serialiser.duplicate().serialize(serialiser.copy(value), out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    TypeSerializer<T> reading = serialiser.duplicate();
    reading.deserialize(in);
    T read = reading.deserialize(in);
    assertThat(in.available()).isZero();
    assertThat(serialiser.snapshotConfiguration().restoreSerializer()).isEqualTo(serialiser);
    return read;
  }

  @Test
  void aSliceArrives() throws IOException {
    assertThat(there(new SliceSerializer(), share().slice)).isEqualTo(share().slice);
  }

  @Test
  void aShareArrives() throws IOException {
    assertThat(there(new ShareSerializer(), share())).usingRecursiveComparison().isEqualTo(share());
  }

  @Test
  void measuresArrive() throws IOException {
    assertThat(there(new MeasuresSerializer(), measures())).isEqualTo(measures());
  }

  @Test
  void aPartialArrives() throws IOException {
    Partial partial = new Partial(share().slice, measures());
    assertThat(there(new PartialSerializer(), partial)).isEqualTo(partial);
  }

  @Test
  void aCellArrives() throws IOException {
    Cell cell = new Cell(Events.MINUTE, share().slice, measures());
    assertThat(there(new CellSerializer(), cell)).isEqualTo(cell);
  }

  @Test
  void anEventArrives() throws IOException {
    assertThat(there(new EventSerializer(), event)).usingRecursiveComparison().isEqualTo(event);
  }
}
