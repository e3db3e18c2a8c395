package io.tillwatch.topology.detect;

/** What a minute has counted, row by row, in order of the watched leaves. */
interface CountedRows {

  int rows();

  /** Index of the row's leaf. */
  int leaf(int row);

  /** Events that either reached what their kind is for or did not. */
  int judged(int row);

  /** Those of {@link #judged} that did not. */
  int failures(int row);
}
