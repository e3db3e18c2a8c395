package io.tillwatch.topology.bin;

import io.tillwatch.schemas.event.BinRange;
import org.jspecify.annotations.Nullable;

/** Tells which range a BIN belongs to, today. Used by one thread. */
public interface BinLookup {

  /** Counts up when ranges have changed: what was found before may not hold any more. */
  int generation();

  /** The range of a BIN of 6 or 8 digits; null when there is none. */
  @Nullable BinRange find(String bin);
}
