package io.tillwatch.topology.query;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import io.tillwatch.topology.query.CubeQueries.CellScan;
import io.tillwatch.topology.query.CubeQueries.CellVisitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds stored cells up to the cells of one answer: by step of time and by slice.
 *
 * <p>Holds at most {@link CellsQuery#limit} cells whatever is read: the first ones in the order of
 * the answer (time, then slice). A cell that is pushed out has that many before it for good, so it
 * never comes back with a part missing. Used by one thread, once.
 */
final class CellSums implements CellVisitor {

  /** Stored cells one query may read, of its slice or not: some seconds of work. */
  static final int READ_MAX = 2_000_000;

  private static final Comparator<At> ORDER =
      Comparator.comparingLong(At::millis).thenComparing(At::slice);

  private final CellsQuery query;
  private final Set<Dimension> dimensions;
  private final int readMax;
  private final TreeMap<At, Tally> sums = new TreeMap<>(ORDER);
  private int read;
  private boolean truncated;

  private CellSums(CellsQuery query, int readMax) {
    this.query = query;
    this.dimensions = query.dimensions();
    this.readMax = readMax;
  }

  /** Reads what the query asks for and adds it up. */
  static CellSums of(CellsQuery query, CubeQueries cube) {
    return of(query, cube, READ_MAX);
  }

  static CellSums of(CellsQuery query, CubeQueries cube, int readMax) {
    CellSums sums = new CellSums(query, readMax);
    Set<Dimension> cuboid = CuboidChoice.of(cube.cuboids(), sums.dimensions);
    cube.scan(
        new CellScan(
            query.kind(),
            cuboid,
            query.slice(),
            query.fromMillis(),
            query.toMillis(),
            query.held().coarsest()),
        sums);
    if (sums.read > readMax) {
      throw tooMuch(query, cube.cuboids(), readMax);
    }
    return sums;
  }

  @Override
  public boolean cell(long startMillis, Slice slice, Tally tally) {
    if (++read > readMax) {
      return false;
    }
    if (!query.slice().covers(slice)) {
      return true;
    }
    At at = new At(query.step().startOf(startMillis, query.fromMillis()), slice.keep(dimensions));
    Tally sum = sums.get(at);
    if (sum == null) {
      sum = place(at);
    }
    if (sum != null) {
      sum.merge(tally);
    }
    return true;
  }

  @Override
  public boolean passed(int cells) {
    read += cells;
    return read <= readMax;
  }

  /** The sums in the order of the answer. */
  List<Sum> cells() {
    List<Sum> cells = new ArrayList<>(sums.size());
    sums.forEach((at, tally) -> cells.add(new Sum(at.millis, at.slice, tally)));
    return cells;
  }

  boolean truncated() {
    return truncated;
  }

  private @Nullable Tally place(At at) {
    if (sums.size() == query.limit()) {
      truncated = true;
      if (ORDER.compare(at, sums.lastKey()) > 0) {
        return null;
      }
      sums.pollLastEntry();
    }
    Tally sum = new Tally();
    sums.put(at, sum);
    return sum;
  }

  private static Refusal tooMuch(CellsQuery query, List<Set<Dimension>> stored, int readMax) {
    return new Refusal(
        RefusalReason.RANGE_TOO_LARGE,
        "slice and by need %s from %s to %s: more than %d stored cells"
            .formatted(
                labels(query.dimensions()),
                QueryTime.format(query.fromMillis()),
                QueryTime.format(query.toMillis()),
                readMax),
        "a shorter range, a wider step, or dimensions that are stored added up: "
            + String.join("; ", stored.stream().map(CellSums::labels).toList()));
  }

  private static String labels(Set<Dimension> dimensions) {
    return dimensions.isEmpty()
        ? "none"
        : String.join(",", dimensions.stream().sorted().map(Dimension::label).toList());
  }

  /** Place of a cell in the answer. */
  private record At(long millis, Slice slice) {}

  /** One cell of the answer: everything counted in the slice from then on for one step. */
  record Sum(long millis, Slice slice, Tally tally) {}
}
