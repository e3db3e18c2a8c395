package io.tillwatch.load.bench.recount;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers in as many bytes as they need, seven bits each: most counts are small. */
final class Varints {

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private Varints() {}

  /** Writes a number, which is not negative: one that is takes ten bytes. */
  static void write(long number, DataOutput out) throws IOException {
    long rest = number;
    while ((rest & -MORE) != 0) {
      out.writeByte((int) rest | MORE);
      rest >>>= BITS;
    }
    out.writeByte((int) rest);
  }

  /** Reads what {@link #write} wrote. */
  static long read(DataInput in) throws IOException {
    long next = in.readByte();
    long number = next & MORE - 1;
    for (int shift = BITS; next < 0; shift += BITS) {
      next = in.readByte();
      number |= (next & MORE - 1) << shift;
    }
    return number;
  }
}
