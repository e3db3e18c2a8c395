package io.tillwatch.topology.cube;

import io.tillwatch.topology.cell.CellTable;
import java.util.ArrayDeque;

/**
 * Empty tables that are used again, so that their arrays need not grow anew. Used by the stream
 * thread.
 */
final class SpareTables {

  /** As many minutes as one transaction brings in a fast replay. */
  static final int TABLES_MAX = 16;

  /** Of all together, but for the few that are kept however large they are. */
  static final long BYTES_MAX = 32L * 1024 * 1024;

  static final int KEPT_ANYWAY = 4;

  private final ArrayDeque<CellTable> tables = new ArrayDeque<>();

  /** Tables with cells that a reader may still look at. */
  private final ArrayDeque<CellTable> lookedAt = new ArrayDeque<>();

  /** An empty table, to be given back. */
  CellTable take() {
    CellTable table = tables.pollFirst();
    return table == null ? new CellTable() : table;
  }

  /** Takes a table back that nobody looks at any more. */
  void giveBack(CellTable table) {
    if (tables.size() < KEPT_ANYWAY || hasRoom(tables, table)) {
      table.clear();
      tables.push(table);
    }
  }

  /** Takes a table back that a reader may still look at: it stays as it is until nobody does. */
  void giveBackLater(CellTable table) {
    if (hasRoom(lookedAt, table)) {
      lookedAt.push(table);
    }
  }

  /** Nobody looks at any table that was given back. */
  void nobodyLooks() {
    while (!lookedAt.isEmpty()) {
      giveBack(lookedAt.pop());
    }
  }

  private static boolean hasRoom(ArrayDeque<CellTable> kept, CellTable table) {
    long bytes = table.bytes();
    for (CellTable other : kept) {
      bytes += other.bytes();
    }
    return kept.size() < TABLES_MAX && bytes <= BYTES_MAX;
  }
}
