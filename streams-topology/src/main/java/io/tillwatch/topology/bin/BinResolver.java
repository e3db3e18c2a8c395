package io.tillwatch.topology.bin;

import io.tillwatch.schemas.event.BinRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the BINs of one task, remembering the answers. A change of the table is seen within a
 * second: while thousands of ranges are loaded the table is not rebuilt for each. Used by one
 * thread.
 */
public final class BinResolver {

  /** Answers remembered, about 150 bytes each; then it starts afresh. */
  private static final int REMEMBERED_MAX = 50_000;

  private static final long REBUILD_MILLIS_MIN = 1_000;

  private final BinRanges source;
  private final Supplier<BinTable> tables;
  private final LongSupplier millis;
  private final Map<String, Resolved> remembered = new HashMap<>();
  private @Nullable BinTable table;
  private long tableVersion;
  private long builtAtMillis;

  BinResolver(BinRanges source, Supplier<BinTable> tables, LongSupplier millis) {
    this.source = source;
    this.tables = tables;
    this.millis = millis;
  }

  /**
   * What a BIN tells.
   *
   * @param range id of its range; {@code unknown} when no range has it, null without a BIN
   */
  public record Resolved(
      @Nullable String range, @Nullable String scheme, @Nullable String country) {

    private static final Resolved NO_BIN = new Resolved(null, null, null);
    private static final Resolved NO_RANGE = new Resolved("unknown", null, null);
  }

  /** Resolves a BIN of 6 or 8 digits, or none. */
  public Resolved resolve(@Nullable String bin) {
    if (bin == null) {
      return Resolved.NO_BIN;
    }
    refresh();
    Resolved known = remembered.get(bin);
    if (known == null) {
      if (remembered.size() >= REMEMBERED_MAX) {
        remembered.clear();
      }
      BinRange range = Objects.requireNonNull(table).find(bin);
      known =
          range == null
              ? Resolved.NO_RANGE
              : new Resolved(range.getId(), range.getScheme(), range.getCountry());
      remembered.put(bin, known);
    }
    return known;
  }

  private void refresh() {
    long version = source.version();
    if (table != null && version == tableVersion) {
      return;
    }
    long now = millis.getAsLong();
    if (table == null || now - builtAtMillis >= REBUILD_MILLIS_MIN) {
      table = tables.get();
      tableVersion = version;
      builtAtMillis = now;
      remembered.clear();
    }
  }
}
