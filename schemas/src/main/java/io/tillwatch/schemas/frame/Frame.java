package io.tillwatch.schemas.frame;

/** The header before the Avro bytes: byte 0 and a 4-byte big-endian schema id. */
final class Frame {

  /** First byte of every frame. */
  static final byte MAGIC = 0;

  /** Byte 0 and the schema id. */
  static final int HEADER_BYTES = 1 + Integer.BYTES;

  private Frame() {}

  static int idOf(byte[] frame) {
    return idOf(frame, 0);
  }

  /** The id of a frame that begins there. */
  static int idOf(byte[] bytes, int from) {
    return (bytes[from + 1] & 0xFF) << 24
        | (bytes[from + 2] & 0xFF) << 16
        | (bytes[from + 3] & 0xFF) << 8
        | (bytes[from + 4] & 0xFF);
  }

  static byte[] header(int id) {
    return new byte[] {MAGIC, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id};
  }
}
