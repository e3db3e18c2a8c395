package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What bursts explain: which leaves, from when until when.
 *
 * <p>A claimed minute of a leaf is neither learned from nor counted as evidence for another burst.
 * At most {@link #MAX} at once, one bit each; a claim is let go when its last minute has left the
 * ring. Once all are taken no further burst opens.
 */
final class Claims {

  static final int MAX = 64;

  /** End of a claim whose burst is still open. */
  static final long OPEN = Long.MAX_VALUE;

  /** Leaves under these cells, from the onset until the last minute of the burst. */
  record Claim(List<Slice> roots, long from, long until) {
    boolean holds(Slice leaf) {
      for (Slice root : roots) {
        if (root.covers(leaf)) {
          return true;
        }
      }
      return false;
    }
  }

  private final @Nullable Claim[] claims = new @Nullable Claim[MAX];
  private long openBits;
  private long version;

  /** Another one whenever a claim has changed; what only expires leaves it as it is. */
  long version() {
    return version;
  }

  /** A free slot; -1 when there is none. */
  int freeSlot() {
    for (int slot = 0; slot < MAX; slot++) {
      if (claims[slot] == null) {
        return slot;
      }
    }
    return -1;
  }

  /** Sets what a slot claims, and marks the leaves. */
  void set(int slot, Claim claim, Leaves leaves) {
    version++;
    claims[slot] = claim;
    long bit = 1L << slot;
    openBits = claim.until() == OPEN ? openBits | bit : openBits & ~bit;
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      boolean held = claim.holds(leaves.slice(leaf));
      leaves.claims[leaf] = held ? leaves.claims[leaf] | bit : leaves.claims[leaf] & ~bit;
    }
  }

  /** The claims on a leaf that is new. */
  long bitsOf(Slice leaf) {
    long bits = 0;
    for (int slot = 0; slot < MAX; slot++) {
      Claim claim = claims[slot];
      if (claim != null && claim.holds(leaf)) {
        bits |= 1L << slot;
      }
    }
    return bits;
  }

  /** Whether one of these claims belongs to a burst that is still open. */
  boolean isOpen(long bits) {
    return (bits & openBits) != 0;
  }

  /** The first of these claims whose burst is open; -1 when none is. */
  int firstOpen(long bits) {
    long open = bits & openBits;
    return open == 0 ? -1 : Long.numberOfTrailingZeros(open);
  }

  /** Whether the claim of this slot is among these. */
  boolean holds(int slot, long bits) {
    return (bits & 1L << slot) != 0;
  }

  /** Whether one of these claims covers the minute. */
  boolean covers(long bits, long at) {
    return coversBeside(-1, bits, at);
  }

  /** Whether one of these claims, other than that of this slot, covers the minute. */
  boolean coversBeside(int slot, long bits, long at) {
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      int other = Long.numberOfTrailingZeros(rest);
      Claim claim = claims[other];
      if (other != slot && claim != null && claim.from() <= at && at <= claim.until()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The claims that were made by some time: those that had ended by then, and those of these slots.
   */
  long madeBy(long at, long openSlots) {
    long made = openSlots;
    for (int slot = 0; slot < MAX; slot++) {
      Claim claim = claims[slot];
      if (claim != null && claim.until() <= at) {
        made |= 1L << slot;
      }
    }
    return made;
  }

  /** Whether a claim covers the minute for all of a cell. */
  boolean explain(Slice slice, long at) {
    for (Claim claim : claims) {
      if (claim != null && claim.from() <= at && at <= claim.until() && claim.holds(slice)) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of claims that ended before this time. */
  void expire(long before, Leaves leaves) {
    for (int slot = 0; slot < MAX; slot++) {
      Claim claim = claims[slot];
      if (claim != null && claim.until() < before) {
        claims[slot] = null;
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
          leaves.claims[leaf] &= ~(1L << slot);
        }
      }
    }
  }

  void write(BytesOut out) {
    for (Claim claim : claims) {
      out.u8(claim == null ? 0 : 1);
      if (claim != null) {
        Names.write(claim.roots(), out);
        out.number(claim.from()).number(claim.until());
      }
    }
  }

  void read(BytesIn in, Leaves leaves) {
    for (int slot = 0; slot < MAX; slot++) {
      if (in.u8() == 1) {
        set(slot, new Claim(Names.read(in), in.number(), in.number()), leaves);
      }
    }
  }
}
