package io.tillwatch.topology.cube;

import java.util.Arrays;

/**
 * Rows in the order of the groups they are in, which are numbered from 0: counts them, then places
 * them. Used again.
 */
final class Grouped {

  private int[] groups = {};
  private int[] order = {};
  private int[] starts = new int[2];

  /** Makes room for so many rows, each of which is to be put into a group. */
  void reserve(int rows) {
    if (groups.length < rows) {
      groups = new int[rows + rows / 2];
      order = new int[groups.length];
    }
  }

  void put(int row, int group) {
    groups[row] = group;
  }

  /** To be called when all rows are in groups below that number. */
  void order(int rows, int groupCount) {
    if (starts.length < groupCount + 1) {
      starts = new int[groupCount + groupCount / 2 + 1];
    }
    Arrays.fill(starts, 0, groupCount + 1, 0);
    for (int row = 0; row < rows; row++) {
      starts[groups[row] + 1]++;
    }
    for (int group = 0; group < groupCount; group++) {
      starts[group + 1] += starts[group];
    }
    // From the last row to the first, each to the end of what is left of its group.
    for (int row = rows - 1; row >= 0; row--) {
      order[--starts[groups[row] + 1]] = row;
    }
    // Where a group ended it now begins: one place too far back.
    System.arraycopy(starts, 1, starts, 0, groupCount);
    starts[groupCount] = rows;
  }

  /** Where the rows of a group begin; where those of the last one end. */
  int start(int group) {
    return starts[group];
  }

  int rowAt(int place) {
    return order[place];
  }
}
