package io.tillwatch.topology.cube;

import java.util.concurrent.locks.Lock;

/** Whoever numbers slices now. */
interface Numbered {

  /** The numbers that hold now. */
  Numbering numbering();

  /** To be held while slices are numbered. */
  Lock lock();
}
