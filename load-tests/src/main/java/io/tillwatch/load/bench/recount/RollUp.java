package io.tillwatch.load.bench.recount;

import java.util.List;

/** The seven groupings that every contestant keeps, the finest first. */
public enum RollUp {
  PSP_BIN_REGION(true, true, true),
  PSP(true, false, false),
  PSP_REGION(true, false, true),
  PSP_BIN(true, true, false),
  REGION(false, false, true),
  BIN(false, true, false),
  TOTAL(false, false, false);

  /** All of them. */
  public static final List<RollUp> ALL = List.of(values());

  private final boolean psp;
  private final boolean bin;
  private final boolean region;

  RollUp(boolean psp, boolean bin, boolean region) {
    this.psp = psp;
    this.bin = bin;
    this.region = region;
  }

  /** Whether cells of this grouping have a PSP. */
  public boolean hasPsp() {
    return psp;
  }

  /** Whether cells of this grouping have a BIN. */
  public boolean hasBin() {
    return bin;
  }

  /** Whether cells of this grouping have a region. */
  public boolean hasRegion() {
    return region;
  }

  /** The cell of this grouping that an event with these values belongs to. */
  public CellKey cell(long minuteMillis, String pspName, String binDigits, String regionName) {
    return new CellKey(
        minuteMillis,
        psp ? pspName : CellKey.ALL,
        bin ? binDigits : CellKey.ALL,
        region ? regionName : CellKey.ALL);
  }
}
