package io.tillwatch.topology.combine;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.ingest.AcceptedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The partial leaf cells of one kind of event in one task since they were last forwarded. */
final class PartialCells {

  /** A block ends with the cell that takes it beyond this: well below a broker's 1 MiB. */
  static final int BLOCK_BYTES = 256 * 1024;

  /** Of one character of a string. */
  private static final int UTF8_BYTES_MAX = 3;

  /** Of the length in front of a string. */
  private static final int LENGTH_BYTES = 2;

  private static final long MINUTE_MILLIS = 60_000;

  private final TreeMap<Long, Map<Slice, Tally>> minutes = new TreeMap<>();
  private int size;

  private long maxEventTimeMillis;

  /** Event time up to which the forwarded blocks speak. */
  private long watermarkMillis;

  /** Adds one event; returns how many cells that added. */
  int add(AcceptedEvent event) {
    long minute = event.eventTimeMillis() - event.eventTimeMillis() % MINUTE_MILLIS;
    Map<Slice, Tally> cells = minutes.computeIfAbsent(minute, m -> new HashMap<>());
    Tally tally = cells.get(event.slice());
    int added = 0;
    if (tally == null) {
      tally = new Tally();
      cells.put(event.slice(), tally);
      size++;
      added = 1;
    }
    event.addTo(tally);
    maxEventTimeMillis = Math.max(maxEventTimeMillis, event.eventTimeMillis());
    return added;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Takes everything out as blocks. Only the last one carries the new watermark: it is true only
   * once all of them are in.
   *
   * @param nowMillis the watermark never runs ahead of the clock, even if an event does
   */
  List<byte[]> drain(CellBlocks blocks, Source source, boolean idle, long nowMillis) {
    List<byte[]> drained = new ArrayList<>();
    List<CellBlocks.Cell> cells = new ArrayList<>();
    int bytes = 0;
    for (Map.Entry<Long, Map<Slice, Tally>> minute : minutes.entrySet()) {
      for (Map.Entry<Slice, Tally> cell : minute.getValue().entrySet()) {
        if (bytes > BLOCK_BYTES) {
          drained.add(blocks.write(source.head(watermarkMillis, false), cells));
          cells.clear();
          bytes = 0;
        }
        cells.add(new CellBlocks.Cell(minute.getKey(), cell.getKey(), cell.getValue()));
        bytes += bytesAbout(cell.getKey()) + cell.getValue().bytesAbout();
      }
    }
    watermarkMillis = Math.max(watermarkMillis, Math.min(maxEventTimeMillis, nowMillis));
    drained.add(blocks.write(source.head(watermarkMillis, idle), cells));
    minutes.clear();
    size = 0;
    return drained;
  }

  /** What its values take in a block's dictionary if no other cell has them. */
  private static int bytesAbout(Slice slice) {
    int bytes = 0;
    for (Dimension dimension : Dimension.ALL) {
      String value = slice.get(dimension);
      bytes += value == null ? 0 : UTF8_BYTES_MAX * value.length() + LENGTH_BYTES;
    }
    return bytes;
  }

  /** Whose partials these are. */
  record Source(String tenant, EventKind kind, int partition) {

    CellBlocks.Head head(long watermarkMillis, boolean idle) {
      return new CellBlocks.Head(tenant, kind, partition, watermarkMillis, idle);
    }
  }
}
