package io.tillwatch.topology.detect;

import java.util.List;

/**
 * Makes a {@link Minute}, and the bytes to be stored of it, from what an intake has taken.
 *
 * <p>Rows are packed in the order in which they lie in memory and then put into that of the leaves:
 * to jump to and fro among the cells themselves costs more than all else. Its arrays are used again
 * minute by minute.
 */
final class MinuteWriter {

  private final RowPacker packer = new RowPacker();
  private final BytesOut packed = new BytesOut();
  private final BytesOut sorted = new BytesOut();

  /** By row of the minute as it came. */
  private int[] starts = {};

  private int[] ends = {};
  private int[] judged = {};
  private int[] failures = {};

  Minute write(long at, long closedAt, MinuteLeaves from, Intake watched, Leaves leaves) {
    pack(from, watched);
    Minute.Head head =
        new Minute.Head(
            at,
            closedAt,
            watched.unwatched(),
            from.causes(),
            List.of(packer.currencies()),
            watched.size());
    sort(watched, leaves);
    byte[] bytes = head.write().add(sorted, 0, sorted.size()).toBytes();
    Minute minute = new Minute(head, bytes);
    int start = bytes.length - sorted.size();
    long before = 0;
    for (int i = 0; i < watched.size(); i++) {
      int row = watched.row(i);
      long number = leaves.number(watched.leaf(i));
      minute.set(i, start, watched.leaf(i));
      minute.count(i, judged[row], failures[row]);
      start += BytesOut.sizeOf(number - before) + ends[row] - starts[row];
      before = number;
    }
    return minute;
  }

  private void pack(MinuteLeaves from, Intake watched) {
    int size = from.size();
    if (size > starts.length) {
      starts = new int[size * 3 / 2];
      ends = new int[starts.length];
      judged = new int[starts.length];
      failures = new int[starts.length];
    }
    packed.clear();
    packer.start();
    for (int row = 0; row < size; row++) {
      if (watched.isWatched(row)) {
        starts[row] = packed.size();
        packer.write(from, row, packed);
        ends[row] = packed.size();
        judged[row] = Math.toIntExact(packer.judged());
        failures[row] = Math.toIntExact(packer.failures());
      }
    }
  }

  private void sort(Intake watched, Leaves leaves) {
    sorted.clear();
    long before = 0;
    for (int i = 0; i < watched.size(); i++) {
      int row = watched.row(i);
      long number = leaves.number(watched.leaf(i));
      sorted.number(number - before).add(packed, starts[row], ends[row]);
      before = number;
    }
  }
}
