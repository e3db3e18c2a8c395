package io.tillwatch.topology.bin;

import io.tillwatch.schemas.event.BinRange;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The BIN table of one task. A change of it is seen within a second: while thousands of ranges are
 * loaded the table is not rebuilt for each. Used by one thread.
 */
public final class BinResolver implements BinLookup {

  private static final long REBUILD_MILLIS_MIN = 1_000;

  private final BinRanges source;
  private final Supplier<BinTable> tables;
  private final LongSupplier millis;
  private @Nullable BinTable table;
  private long tableVersion;
  private long builtAtMillis;
  private int generation;

  BinResolver(BinRanges source, Supplier<BinTable> tables, LongSupplier millis) {
    this.source = source;
    this.tables = tables;
    this.millis = millis;
  }

  @Override
  public int generation() {
    table();
    return generation;
  }

  @Override
  public @Nullable BinRange find(String bin) {
    return table().find(bin);
  }

  private BinTable table() {
    long version = source.version();
    BinTable known = table;
    if (known != null && version == tableVersion) {
      return known;
    }
    long now = millis.getAsLong();
    if (known == null || now - builtAtMillis >= REBUILD_MILLIS_MIN) {
      known = tables.get();
      table = known;
      tableVersion = version;
      builtAtMillis = now;
      generation++;
    }
    return known;
  }
}
