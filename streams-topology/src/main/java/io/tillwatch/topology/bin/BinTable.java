package io.tillwatch.topology.bin;

import io.tillwatch.schemas.event.BinRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which range a BIN belongs to. Where ranges overlap the narrowest wins. Immutable.
 *
 * <p>Ranges are of 8 digits. A BIN of 6 digits stands for a hundred of them: it belongs to the
 * narrowest range that holds all hundred.
 */
public final class BinTable {

  /** Overlaps told by name; more are only counted. */
  static final int OVERLAPS_TOLD = 20;

  private static final int BLOCK = 100;

  private final int[] starts;
  private final @Nullable BinRange[] ranges;
  private final int[] blockStarts;
  private final @Nullable BinRange[] blockRanges;
  private final List<String> overlaps;

  private BinTable(Map<Integer, Painted> full, Map<Integer, Painted> blocks, List<String> told) {
    starts = keys(full);
    ranges = values(full);
    blockStarts = keys(blocks);
    blockRanges = values(blocks);
    overlaps = List.copyOf(told);
  }

  /** The table of these ranges above those of the built-in one. */
  public static BinTable of(Collection<BinRange> loaded) {
    List<String> overlaps = new ArrayList<>();
    List<BinRange> order = new ArrayList<>(SchemeRanges.ALL);
    order.sort(widestFirst());
    List<BinRange> above = new ArrayList<>(loaded);
    above.sort(widestFirst());
    TreeMap<Integer, Painted> full = new TreeMap<>();
    TreeMap<Integer, Painted> blocks = new TreeMap<>();
    for (BinRange range : order) {
      paint(full, new Painted(range, false), first(range), last(range), new ArrayList<>());
      paintBlocks(blocks, new Painted(range, false));
    }
    for (BinRange range : above) {
      paint(full, new Painted(range, true), first(range), last(range), overlaps);
      paintBlocks(blocks, new Painted(range, true));
    }
    return new BinTable(full, blocks, overlaps);
  }

  /** Whether first and last BIN of a range are 8 digits each, in order. */
  public static boolean isWellFormed(BinRange range) {
    return isEightDigits(range.getStart())
        && isEightDigits(range.getEnd())
        && first(range) <= last(range);
  }

  /** The range of a BIN of 6 or 8 digits; null when there is none. */
  public @Nullable BinRange find(String bin) {
    int number = Integer.parseInt(bin);
    return bin.length() == 8
        ? find(starts, ranges, number)
        : find(blockStarts, blockRanges, number);
  }

  /** Pairs of loaded ranges that overlap, for people; the first {@link #OVERLAPS_TOLD}. */
  public List<String> overlaps() {
    return overlaps;
  }

  private static @Nullable BinRange find(int[] starts, @Nullable BinRange[] ranges, int bin) {
    int at = Arrays.binarySearch(starts, bin);
    int segment = at >= 0 ? at : -at - 2;
    return segment < 0 ? null : ranges[segment];
  }

  /** A range and whether it was loaded, as against built in. */
  private record Painted(@Nullable BinRange range, boolean loaded) {
    private static final Painted NOTHING = new Painted(null, false);
  }

  private static void paintBlocks(TreeMap<Integer, Painted> blocks, Painted painted) {
    BinRange range = painted.range();
    if (range == null) {
      return;
    }
    int from = (first(range) + BLOCK - 1) / BLOCK;
    int to = (last(range) + 1) / BLOCK - 1;
    if (from <= to) {
      paint(blocks, painted, from, to, new ArrayList<>());
    }
  }

  /** Puts a range over what is there; key is the first BIN of a segment that ends at the next. */
  private static void paint(
      TreeMap<Integer, Painted> segments, Painted painted, int from, int to, List<String> told) {
    Map.Entry<Integer, Painted> under = segments.floorEntry(to + 1);
    Painted after = under == null ? Painted.NOTHING : under.getValue();
    Map.Entry<Integer, Painted> atStart = segments.floorEntry(from);
    if (atStart != null) {
      tell(painted, atStart.getValue(), told);
    }
    Map<Integer, Painted> covered = segments.subMap(from, true, to, true);
    covered.values().forEach(other -> tell(painted, other, told));
    covered.clear();
    segments.put(from, painted);
    segments.put(to + 1, after);
  }

  private static void tell(Painted over, Painted under, List<String> told) {
    BinRange a = over.range();
    BinRange b = under.range();
    if (a != null && b != null && over.loaded() && under.loaded() && told.size() < OVERLAPS_TOLD) {
      String text = "%s over %s".formatted(a.getId(), b.getId());
      if (!told.contains(text)) {
        told.add(text);
      }
    }
  }

  private static Comparator<BinRange> widestFirst() {
    return Comparator.comparingInt((BinRange range) -> first(range) - last(range))
        .thenComparing(BinRange::getId);
  }

  private static int first(BinRange range) {
    return Integer.parseInt(range.getStart());
  }

  private static int last(BinRange range) {
    return Integer.parseInt(range.getEnd());
  }

  private static boolean isEightDigits(String text) {
    return text.length() == 8 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int[] keys(Map<Integer, Painted> segments) {
    return segments.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  private static @Nullable BinRange[] values(Map<Integer, Painted> segments) {
    return segments.values().stream().map(Painted::range).toArray(BinRange[]::new);
  }
}
