package io.tillwatch.topology.cube;

import io.tillwatch.topology.cell.CellBlocks;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Numbers of slices for work that goes through many cells and keeps none: begun afresh when there
 * are too many of them. Used by one thread.
 */
final class OwnNumbering implements Numbered {

  /** Slices after which it begins afresh: some 5 MB. */
  static final int SLICES_MAX = 1 << 16;

  private final CellBlocks blocks;
  private final Lock lock = new ReentrantLock();
  private Numbering numbering;

  OwnNumbering(CellBlocks blocks) {
    this.blocks = blocks;
    this.numbering = Numbering.of(1, blocks);
  }

  @Override
  public Numbering numbering() {
    return numbering;
  }

  @Override
  public Lock lock() {
    return lock;
  }

  /** To be called when no number is held: forgets them all when there are many. */
  void forget() {
    if (numbering.index().size() > SLICES_MAX) {
      numbering = Numbering.of(numbering.epoch() + 1, blocks);
    }
  }
}
