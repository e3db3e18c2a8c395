package io.tillwatch.topology.ingest.seen;

import java.nio.ByteBuffer;

/**
 * Keys and heads of what is stored. Blocks: the ids of a slot in the order they came. Pieces: the
 * ids of a run of a shard that fall into one stretch of places. Entries follow the head.
 *
 * <pre>
 * key of a piece  00, shard (2), run (4), piece (2)       before all blocks of its slot
 * key of a block  01, number (4)
 * head of a piece version, level, pieces (2), number of the last block it covers (4)
 * head of a block version
 * </pre>
 */
final class Wire {

  static final int BLOCK_HEAD_BYTES = 1;
  static final int PIECE_HEAD_BYTES = 1 + 1 + Short.BYTES + Integer.BYTES;

  private static final byte VERSION = 2;
  private static final byte PIECE = 0;
  private static final byte BLOCK = 1;
  private static final int PIECE_KEY_BYTES = 1 + Short.BYTES + Integer.BYTES + Short.BYTES;
  private static final int BLOCK_KEY_BYTES = 1 + Integer.BYTES;

  private static final int SHARD_AT = 1;
  private static final int RUN_AT = SHARD_AT + Short.BYTES;
  private static final int PIECE_AT = RUN_AT + Integer.BYTES;
  private static final int NUMBER_AT = 1;
  private static final int LEVEL_AT = 1;
  private static final int PIECES_AT = 2;
  private static final int COVERS_AT = PIECES_AT + Short.BYTES;

  private Wire() {}

  static byte[] pieceKey(int shard, int run, int piece) {
    return ByteBuffer.allocate(PIECE_KEY_BYTES)
        .put(PIECE)
        .putShort((short) shard)
        .putInt(run)
        .putShort((short) piece)
        .array();
  }

  static byte[] blockKey(int number) {
    return ByteBuffer.allocate(BLOCK_KEY_BYTES).put(BLOCK).putInt(number).array();
  }

  /** Entries from index {@code from} to before {@code to} as a block. */
  static byte[] block(long[] entries, int from, int to) {
    byte[] value = Entries.toBytes(entries, from, to, BLOCK_HEAD_BYTES);
    value[0] = VERSION;
    return value;
  }

  /** Entries from index {@code from} to before {@code to} as a piece of a run. */
  static byte[] piece(Run run, int covers, long[] entries, int from, int to) {
    byte[] value = Entries.toBytes(entries, from, to, PIECE_HEAD_BYTES);
    ByteBuffer.wrap(value)
        .put(VERSION)
        .put((byte) run.level())
        .putShort((short) run.pieces())
        .putInt(covers);
    return value;
  }

  static boolean isPiece(byte[] key) {
    return key[0] == PIECE;
  }

  static int shard(byte[] pieceKey) {
    return ByteBuffer.wrap(pieceKey).getShort(SHARD_AT);
  }

  static int run(byte[] pieceKey) {
    return ByteBuffer.wrap(pieceKey).getInt(RUN_AT);
  }

  static int piece(byte[] pieceKey) {
    return ByteBuffer.wrap(pieceKey).getShort(PIECE_AT);
  }

  static int number(byte[] blockKey) {
    return ByteBuffer.wrap(blockKey).getInt(NUMBER_AT);
  }

  static int level(byte[] piece) {
    return piece[LEVEL_AT];
  }

  static int pieces(byte[] piece) {
    return ByteBuffer.wrap(piece).getShort(PIECES_AT);
  }

  static int covers(byte[] piece) {
    return ByteBuffer.wrap(piece).getInt(COVERS_AT);
  }

  /** Refuses what another version wrote. */
  static byte[] checked(byte[] value) {
    if (value.length == 0 || value[0] != VERSION) {
      throw new IllegalStateException(
          "seen ids of version %d, expected %d"
              .formatted(value.length == 0 ? -1 : value[0], VERSION));
    }
    return value;
  }
}
