package io.tillwatch.topology.cube;

import io.tillwatch.topology.cell.BlockReader;
import io.tillwatch.topology.cell.BlockWriter;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.SliceIndex;

/**
 * One numbering of slices, and what reads and writes blocks under it.
 *
 * @param epoch differs from that of every other numbering of the task
 */
record Numbering(
    long epoch, SliceIndex index, BlockReader reader, BlockWriter writer, SliceHash hash) {

  static Numbering of(long epoch, CellBlocks blocks) {
    SliceIndex index = new SliceIndex();
    return new Numbering(
        epoch, index, blocks.reader(index), blocks.writer(index), new SliceHash(index));
  }
}
