package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.cell.CellTable;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the cells of one kind from memory to disk: a minute whole, once, with all its roll-ups;
 * late cells into the chunks of minutes that are there already, once per commit.
 *
 * <p>A minute is sealed some time after it was closed, when few late cells come any more, or
 * earlier, the oldest first, when memory or the blocks behind it would grow beyond their bounds.
 * Used by the task's thread.
 */
final class Sealing {

  /**
   * Cells written in one commit, some tenths of a second; what is due beyond waits for the next.
   */
  static final int CELLS_AT_ONCE_MAX = 200_000;

  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
  private static final long MINUTE_MILLIS = CellStore.MINUTE_MILLIS;
  private static final CellTable NOTHING = new CellTable();

  private final CubeSettings settings;
  private final CubeMetrics metrics;
  private final EventKind kind;
  private final OpenMinutes minutes;
  private final BlockIntake intake;
  private final Members members;
  private final SealedCells sealed;
  private final RollUps rollUps;
  private final Ladder ladder;
  private final CubeStores stores;
  private final CellTable loaded = new CellTable();
  private int written;

  Sealing(
      Cube cube,
      EventKind kind,
      CubeStores stores,
      OpenMinutes minutes,
      BlockIntake intake,
      Members members) {
    this.settings = cube.settings();
    this.metrics = cube.metrics();
    this.kind = kind;
    this.minutes = minutes;
    this.intake = intake;
    this.members = members;
    this.rollUps = new RollUps(settings.cuboids());
    this.sealed = new SealedCells(stores.cells(), minutes, cube.tenant(), kind, rollUps.masks());
    this.stores = stores;
    this.ladder = new Ladder(cube, kind, stores, minutes);
  }

  /** Cells made durable in their place since this was last asked. */
  int takeWritten() {
    int cells = written;
    written = 0;
    return cells;
  }

  /** There are cells of then, in memory or to be. */
  void comes(long minuteMillis) {
    ladder.comes(minuteMillis);
  }

  /** Whether something is due even if nothing comes. */
  boolean isUrgent() {
    return ladder.isUrgent(minutes.sealedToMillis());
  }

  /** The leaf cells of a minute, open or sealed; valid until the next call. */
  CellTable leaves(long minuteMillis) {
    if (minuteMillis >= minutes.sealedToMillis()) {
      CellTable open = minutes.find(minuteMillis);
      return open == null ? NOTHING : open;
    }
    CellTable late = intake.late().remove(minuteMillis);
    if (late != null) {
      mergeLate(minuteMillis, late);
    }
    loaded.clear();
    sealed.leaves(minuteMillis, rollUps.leafMask(), loaded);
    return loaded;
  }

  /** The first minute with cells from then on; the end when there is none before it. */
  long firstWithCells(long fromMillis, long toMillis) {
    long first = Math.min(toMillis, minutes.firstFrom(fromMillis));
    for (long minute : intake.late().keySet()) {
      first = minute < fromMillis ? first : Math.min(first, minute);
    }
    return sealed.firstMinute(fromMillis, first).orElse(first);
  }

  /**
   * Writes late cells, seals what is due, and brings it up the ladder.
   *
   * @param progress is told how far it came
   * @return whether more is due
   */
  boolean seal(Progress progress, OpenBlocks blocks) {
    intake.late().forEach(this::mergeLate);
    intake.late().clear();
    boolean more = sealMinutes(progress, blocks);
    boolean isFull = minutes.minutes() > 1 && isTooMuch(blocks);
    return ladder.climb(progress, minutes.oldestMillis(), isFull) || more;
  }

  private boolean sealMinutes(Progress progress, OpenBlocks blocks) {
    long settled = progress.nextToCloseMillis - settings.sealAfter().toMillis();
    settled -= Math.floorMod(settled, MINUTE_MILLIS);
    long due = Math.max(settled, ladder.urgentToMillis());
    // What a newer minute would make the store forget goes up the ladder first.
    long writableTo = stores.writableToMillis(Rung.MINUTE);
    int before = written;
    while (minutes.oldestMillis() < writableTo
        && (minutes.oldestMillis() < due && written - before < CELLS_AT_ONCE_MAX
            || minutes.minutes() > 1 && isTooMuch(blocks))) {
      seal(minutes.oldestMillis());
    }
    boolean more = minutes.oldestMillis() < due;
    if (progress.nextToCloseMillis != Progress.NONE) {
      // Also while a newer minute waits: what it waits for is due up to here.
      minutes.sealTo(Math.min(Math.min(due, writableTo), minutes.oldestMillis()));
    }
    progress.sealedToMillis = minutes.sealedToMillis();
    return more;
  }

  private boolean isTooMuch(OpenBlocks blocks) {
    return minutes.cells() > settings.residentCellsMax()
        || blocks.bytesFrom(minutes.oldestMillis()) > OpenBlocks.BYTES_MAX;
  }

  private void seal(long minuteMillis) {
    CellTable leaves = Objects.requireNonNull(minutes.find(minuteMillis));
    if (stores.rungs().isEmpty() && minuteMillis < stores.oldestKeptMillis()) {
      LOG.warn("{}: a minute is older than the retention before it is sealed", kind);
      metrics.expired(kind, leaves.size());
    } else {
      members.see(leaves, minutes.numbering(), minuteMillis);
      MinuteHead head = new MinuteHead(rollUps.masks());
      writeAll(minuteMillis, leaves, head);
    }
    minutes.sealTo(minuteMillis + MINUTE_MILLIS);
  }

  private void writeAll(long minuteMillis, CellTable leaves, MinuteHead head) {
    head.leafCells(leaves.size());
    rollUps.of(
        leaves,
        minutes.numbering().index(),
        minutes.lock(),
        (mask, cells) -> {
          sealed.write(minuteMillis, mask, cells, head);
          written += cells.size();
        });
    sealed.write(minuteMillis, head);
  }

  private void mergeLate(long minuteMillis, CellTable late) {
    members.see(late, minutes.numbering(), minuteMillis);
    MinuteHead head = sealed.head(minuteMillis);
    int leafMask = rollUps.leafMask();
    int level = head.level(leafMask);
    if (level == MinuteHead.ABSENT) {
      writeAll(minuteMillis, late, head);
      ladder.late(minuteMillis, late);
    } else {
      CellTable fit =
          intake.foldLate(
              late,
              head.leafCells(),
              slice -> sealed.hasLeaf(minuteMillis, leafMask, level, slice));
      merge(minuteMillis, fit, head);
      ladder.late(minuteMillis, fit);
      if (fit != late) {
        minutes.giveBack(fit);
      }
    }
    minutes.giveBack(late);
  }

  private void merge(long minuteMillis, CellTable late, MinuteHead head) {
    rollUps.of(
        late,
        minutes.numbering().index(),
        minutes.lock(),
        (mask, cells) -> {
          // A cuboid that was not kept when the minute was sealed is added up by its readers.
          if (head.level(mask) != MinuteHead.ABSENT) {
            SealedCells.Merged merged = sealed.merge(minuteMillis, mask, cells, head.level(mask));
            written += merged.written();
            head.leafCells(head.leafCells() + (mask == rollUps.leafMask() ? merged.added() : 0));
          }
        });
    sealed.write(minuteMillis, head);
  }
}
