package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.OptionalDouble;

/** What a watch takes to be normal after its last minute, until it closes the next one. */
public final class Beliefs {

  private final Memory memory;
  private final Gate gate;

  Beliefs(Memory memory) {
    this.memory = memory;
    this.gate = new Gate(memory);
  }

  /** Expected failure probability of a leaf, 0 to 1; empty when it is not watched. */
  public OptionalDouble failureProbability(Slice leaf) {
    int index = memory.leaves.find(leaf);
    return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(memory.leaves.expected[index]);
  }

  /** How alike the attempts of one leaf and minute end: their correlation, 0 to 1. */
  public double correlation() {
    return memory.baseline.rho();
  }

  /**
   * Standard deviation of what the logit of a cell's failure probability may be off without
   * anything being wrong; 0 for a cell that is not tested.
   */
  public double drift(Slice cell) {
    int number = memory.layout.find(cell);
    return number < 0 ? 0 : Math.sqrt(gate.wander(number, LeafSet.ofCell(memory.layout, number)));
  }
}
