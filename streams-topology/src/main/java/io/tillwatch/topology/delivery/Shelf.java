package io.tillwatch.topology.delivery;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array on which values are put side by side, and the objects that say where: both are used
 * again once no {@link Deliveries} hold them. Used by the thread that polls.
 */
final class Shelf {

  private static final int VALUES_MIN = 64;

  final byte[] bytes;
  private final @Nullable Shelves home;
  private Value[] values = {};
  private int count;
  private int used;
  private int holders;

  /** A shelf that goes back there. */
  Shelf(int capacity, Shelves home) {
    this.bytes = new byte[capacity];
    this.home = home;
  }

  /** A full shelf, for somebody else's bytes. */
  Shelf(byte[] bytes) {
    this.bytes = bytes;
    this.home = null;
    this.used = bytes.length;
  }

  boolean hasRoom(int length) {
    return length <= bytes.length - used;
  }

  /** Takes a copy of these bytes, for which there is room. */
  Value put(ByteBuffer data) {
    int length = data.remaining();
    data.get(data.position(), bytes, used, length);
    Value value = next();
    value.from = used;
    value.length = length;
    used += length;
    return value;
  }

  private Value next() {
    if (count == values.length) {
      values = Arrays.copyOf(values, Math.max(VALUES_MIN, 2 * count));
      for (int i = count; i < values.length; i++) {
        values[i] = new Value(this, 0, 0);
      }
    }
    return values[count++];
  }

  void hold() {
    holders++;
  }

  /** Once everybody who held it has let go, all its values are gone. */
  void letGo() {
    holders--;
    if (holders == 0 && home != null) {
      count = 0;
      used = 0;
      home.back(this);
    }
  }
}
