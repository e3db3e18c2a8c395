package io.tillwatch.topology.combine;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.cell.BlockWriter;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.SliceIndex;
import java.util.Arrays;

/** What flows into one task of one kind of event: partial cells by minute, and how far it is. */
final class Inflow {

  /** A block ends with the cell that takes it beyond this: well below a broker's 1 MiB. */
  static final int BLOCK_BYTES = 256 * 1024;

  private static final long MINUTE_MILLIS = 60_000;
  private static final long NEVER = Long.MIN_VALUE;

  /**
   * Who was not looked at for longer, on a machine that stood still, has not been quiet as long.
   */
  private static final long COUNTED_MAX_MILLIS = 2_000;

  private final String tenant;
  private final EventKind kind;
  private final int partition;
  private final String key;

  /**
   * Minutes in the order they were met; tables beyond {@link #open} are empty, to be used again.
   */
  private long[] minutes = new long[2];

  private CellTable[] tables = {new CellTable(), new CellTable()};
  private int open;
  private int last;
  private long maxEventTimeMillis;

  /** Event time up to which the forwarded blocks speak. */
  private long watermarkMillis;

  private boolean seenSinceTick;
  private boolean idle;
  private boolean idleToBeSaid; // or that it is not idle any more
  private long quietMillis; // since the last event, or since idleness was last to be said
  private long tickedAtMillis = NEVER;

  Inflow(String tenant, EventKind kind, int partition, String key) {
    this.tenant = tenant;
    this.kind = kind;
    this.partition = partition;
    this.key = key;
  }

  /** A cell of that minute will be added to; of any but the last minute it makes no difference. */
  void expect(long eventTimeMillis, int slice) {
    if (last < open && minutes[last] == eventTimeMillis - eventTimeMillis % MINUTE_MILLIS) {
      tables[last].expect(slice);
    }
  }

  CellTable cells(long eventTimeMillis) {
    seenSinceTick = true;
    idle = false;
    maxEventTimeMillis = Math.max(maxEventTimeMillis, eventTimeMillis);
    long minute = eventTimeMillis - eventTimeMillis % MINUTE_MILLIS;
    if (last < open && minutes[last] == minute) {
      return tables[last];
    }
    for (last = 0; last < open; last++) {
      if (minutes[last] == minute) {
        return tables[last];
      }
    }
    return openMinute(minute);
  }

  private CellTable openMinute(long minute) {
    if (open == minutes.length) {
      minutes = Arrays.copyOf(minutes, open * 2);
      tables = Arrays.copyOf(tables, open * 2);
      Arrays.setAll(tables, i -> tables[i] == null ? new CellTable() : tables[i]);
    }
    minutes[open] = minute;
    return tables[open++];
  }

  int size() {
    int size = 0;
    for (int i = 0; i < open; i++) {
      size += tables[i].size();
    }
    return size;
  }

  long bytes() {
    long bytes = 0;
    for (CellTable table : tables) {
      bytes += table.bytes();
    }
    return bytes;
  }

  /**
   * Looks at the clock, about once a second.
   *
   * @param isAtEnd whether nothing is left to read; looked at after each poll, so that of a long
   *     time between two looks only a little counts: what was known of it is as old
   */
  void tick(long wallClockMillis, long idleAfterMillis, boolean isAtEnd) {
    if (idle && !isAtEnd) {
      idle = false; // taken back: something came that is not processed yet
      idleToBeSaid = true;
    }
    boolean isQuiet = !seenSinceTick && isAtEnd && tickedAtMillis != NEVER;
    long passed = isQuiet ? Math.clamp(wallClockMillis - tickedAtMillis, 0, COUNTED_MAX_MILLIS) : 0;
    quietMillis = isQuiet ? quietMillis + passed : 0;
    tickedAtMillis = wallClockMillis;
    seenSinceTick = false;
    if (isQuiet && quietMillis >= idleAfterMillis) {
      quietMillis = 0; // to be said again after as long
      idle = true;
      idleToBeSaid = true;
    }
  }

  /**
   * Hands over everything as blocks. Only the last one carries the new watermark: it is true only
   * once all of them are in.
   *
   * @param nowMillis the watermark never runs ahead of the clock, even if an event does
   */
  void forward(BlockWriter writer, Combiner.Blocks to, long nowMillis) {
    if (!hasNews()) {
      return;
    }
    for (int i = 0; i < open; i++) {
      CellTable table = tables[i];
      for (int row = 0; row < table.size(); row++) {
        if (writer.bytes() > BLOCK_BYTES) {
          to.forward(key, writer.finish(head(false)), nowMillis);
        }
        writer.add(minutes[i], table, row);
      }
      table.clear();
    }
    open = 0;
    watermarkMillis = watermarkAt(nowMillis);
    to.forward(key, writer.finish(head(idle)), nowMillis);
    idleToBeSaid = false;
  }

  /** Whether there is anything to forward. */
  boolean hasNews() {
    return open > 0 || idleToBeSaid;
  }

  /** How far all that is held speaks, for who forwards it at this time. */
  CellBlocks.Head headAt(long nowMillis) {
    return new CellBlocks.Head(tenant, kind, partition, watermarkAt(nowMillis), idle);
  }

  private long watermarkAt(long nowMillis) {
    return Math.max(watermarkMillis, Math.min(maxEventTimeMillis, nowMillis));
  }

  /** Tells what other kinds are owed for what is held. */
  void tellCauses(Causes causes, SliceIndex index) {
    for (int i = 0; i < open; i++) {
      causes.add(minutes[i], tables[i], index);
    }
  }

  /** Lets go of tables that a rush has made larger than this. */
  void shrink(long bytesMax) {
    if (bytes() > bytesMax) {
      minutes = new long[2];
      tables = new CellTable[] {new CellTable(), new CellTable()};
    }
  }

  private CellBlocks.Head head(boolean isIdle) {
    return new CellBlocks.Head(tenant, kind, partition, watermarkMillis, isIdle);
  }
}
