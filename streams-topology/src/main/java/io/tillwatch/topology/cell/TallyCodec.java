package io.tillwatch.topology.cell;

import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** Reads and writes tallies as Avro's {@code CellTotals}, field by field in the schema's order. */
final class TallyCodec {

  private TallyCodec() {}

  static void write(Tally tally, Encoder encoder) throws IOException {
    encoder.writeLong(tally.events);
    encoder.writeLong(tally.firstAttempts);
    writeCounts(tally.outcomes, encoder);
    writeCounts(tally.reasons, encoder);
    encoder.writeArrayStart();
    encoder.setItemCount(tally.currencies);
    for (int i = 0; i < tally.currencies; i++) {
      Tally.Amount amount = tally.amounts[i];
      encoder.startItem();
      encoder.writeString(amount.currency);
      encoder.writeLong(amount.count);
      encoder.writeLong(amount.sumMinor);
      encoder.writeLong(amount.successCount);
      encoder.writeLong(amount.successSumMinor);
    }
    encoder.writeArrayEnd();
    LatencySketch latency = tally.latency;
    encoder.writeIndex(latency == null ? 0 : 1);
    if (latency == null) {
      encoder.writeNull();
    } else {
      encoder.writeBytes(latency.toBytes());
    }
  }

  private static void writeCounts(long[] counts, Encoder encoder) throws IOException {
    int present = 0;
    for (long count : counts) {
      present += count == 0 ? 0 : 1;
    }
    encoder.writeArrayStart();
    encoder.setItemCount(present);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        encoder.startItem();
        encoder.writeEnum(i);
        encoder.writeLong(counts[i]);
      }
    }
    encoder.writeArrayEnd();
  }

  static Tally read(Decoder decoder) throws IOException {
    Tally tally = new Tally();
    tally.events = decoder.readLong();
    tally.firstAttempts = decoder.readLong();
    readCounts(tally.outcomes, Outcome.UNKNOWN.ordinal(), decoder);
    readCounts(tally.reasons, Reason.UNKNOWN.ordinal(), decoder);
    for (long n = decoder.readArrayStart(); n != 0; n = decoder.arrayNext()) {
      for (long i = 0; i < n; i++) {
        Tally.Amount amount = tally.amount(decoder.readString());
        amount.count = decoder.readLong();
        amount.sumMinor = decoder.readLong();
        amount.successCount = decoder.readLong();
        amount.successSumMinor = decoder.readLong();
      }
    }
    if (decoder.readIndex() == 0) {
      decoder.readNull();
    } else {
      tally.latency = LatencySketch.of(decoder.readBytes(null));
    }
    return tally;
  }

  private static void readCounts(long[] counts, int unknown, Decoder decoder) throws IOException {
    for (long n = decoder.readArrayStart(); n != 0; n = decoder.arrayNext()) {
      for (long i = 0; i < n; i++) {
        int symbol = decoder.readEnum();
        counts[symbol < counts.length ? symbol : unknown] += decoder.readLong();
      }
    }
  }
}
