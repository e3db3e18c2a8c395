package io.tillwatch.topology.cube;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellBlocks;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.detect.Aspect;
import io.tillwatch.topology.detect.Explanation;
import io.tillwatch.topology.detect.Findings;
import io.tillwatch.topology.detect.LeftOut;
import io.tillwatch.topology.detect.Lookout;
import io.tillwatch.topology.detect.StateEntry;
import io.tillwatch.topology.detect.WatchPlan;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cube of one kind of event: takes blocks of partials, closes minutes in order, hands each
 * closed one to the watch, and seals it a little later. Used by one task.
 */
final class KindCube {

  private static final Logger LOG = LoggerFactory.getLogger(KindCube.class);
  private static final long MINUTE_MILLIS = CellStore.MINUTE_MILLIS;

  /**
   * Minutes closed in one go; the rest follows with the next block or second. A minute costs some
   * milliseconds, and all of a go is in one transaction, which the broker ends after ten seconds.
   */
  static final int CLOSED_AT_ONCE_MAX = 100;

  /** Empty minutes in a row that are closed one by one, a day; of a longer gap only the last. */
  static final int EMPTY_IN_A_ROW_MAX = 1_440;

  /** Seconds that the first task to speak after a silence gives the others to speak too. */
  static final int TICKS_AFTER_SILENCE = 3;

  /** How often the minute that is next to be closed is looked at before it is over. */
  static final long EARLY_TICK_MILLIS = 10_000;

  /**
   * A stream that is further behind the clock than this is not live, or was not when it fell
   * silent.
   */
  static final long LIVE_MILLIS = 5 * MINUTE_MILLIS;

  private final Cube cube;
  private final EventKind kind;
  private final CubeStores stores;
  private final KeyValueStore<String, byte[]> stateStore;
  private final Progress progress;
  private final OpenMinutes minutes;
  private final OpenBlocks openBlocks;
  private final BlockIntake intake;
  private final Sealing sealing;
  private final Members members;

  /** Locked for each use: questions come from other threads. */
  private final Lookout lookout;

  private final CubeBoard.Explainer explainer = this::explain;
  private final OwedEvents owed;
  private @Nullable RulesOfMinutes rules;
  private WatchPlan plan;
  private final Consumer<Findings> findings;

  /** Objectives of which it was said that their limits leave something out. */
  private final Set<String> leftOutTold = new HashSet<>();

  private boolean changed;
  private boolean rulesChanged;
  private boolean worstIsOld;
  private int ticksToWait;
  private long lookedAtMillis;

  KindCube(Cube cube, EventKind kind, CubeStores stores, Consumer<Findings> findings) {
    this.cube = cube;
    this.kind = kind;
    this.stores = stores;
    this.stateStore = stores.state();
    this.findings = findings;
    byte @Nullable [] stored = stateStore.get(progressKey(kind));
    this.progress =
        stored == null ? new Progress(cube.sources()) : Progress.of(stored, cube.sources());
    CubeSettings settings = cube.settings();
    this.members =
        new Members(stores.members(), kind, settings.retention().toMillis(), settings.valuesMax());
    this.minutes = new OpenMinutes(cube.blocks(), progress.sealedToMillis);
    this.intake = new BlockIntake(minutes, members, settings.minuteCellsMax());
    this.openBlocks = new OpenBlocks(stores.open(), kind);
    this.sealing = new Sealing(cube, kind, stores, minutes, intake, members);
    this.rules = RulesOfMinutes.of(stateStore.get(rulesKey(kind)));
    this.plan = rules == null ? cube.watchPlan() : rules.plan(cube.watchPlan());
    this.lookout = new Lookout(plan, cube.tenant(), kind);
    this.owed = OwedEvents.of(stateStore.get(owedKey()), cube.sources());
    restore();
    cube.board().opened(kind, minutes, explainer);
  }

  static String progressKey(EventKind kind) {
    return "progress/" + kind;
  }

  static String rulesKey(EventKind kind) {
    return "rules/" + kind;
  }

  private String owedKey() {
    return "owed/" + kind;
  }

  private String watchPrefix() {
    return "watch/" + kind + "/";
  }

  private void restore() {
    stores.seen(progress.newestMinuteMillis);
    minutes.watermark(progress.watermarkMillis());
    // What was taken goes up the ladder, however old it has become since.
    long oldest = stores.rungs().isEmpty() ? stores.oldestKeptMillis() : Long.MIN_VALUE;
    openBlocks.restore(block -> {
      intake.restore(block, oldest);
      return intake.newestOpenMillis();
    });
    if (minutes.oldestMillis() != Long.MAX_VALUE) {
      sealing.comes(minutes.oldestMillis());
    }
    String prefix = watchPrefix();
    try (KeyValueIterator<String, byte[]> entries =
        stateStore.range(prefix, prefix + Character.MAX_VALUE)) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        lookout.restore(entry.key.substring(prefix.length()), entry.value);
      }
    }
  }

  /** Merges a block and closes what it allows to close. */
  void take(byte[] block) {
    CellBlocks.Head head = intake.take(block, stores.oldestKeptMillis());
    if (!progress.isKnown(head.sourcePartition())) {
      throw new IllegalStateException(
          ("a block of ingest task %d, expected less than %d: the payment topics have more"
                  + " partitions than the settings say")
              .formatted(head.sourcePartition(), cube.sources()));
    }
    if (intake.newestOpenMillis() != Long.MIN_VALUE) {
      openBlocks.put(block, intake.newestOpenMillis());
    }
    if (intake.newestMillis() != Long.MIN_VALUE) {
      noteMinutes(intake.oldestMillis(), intake.newestMillis());
    }
    if (intake.leftOut() > 0) {
      cube.metrics().expired(kind, intake.leftOut());
      LOG.warn("{}: {} cells older than the retention are not counted", kind, intake.leftOut());
    }
    if (progress.isSilent() && !head.idle()) {
      ticksToWait = TICKS_AFTER_SILENCE;
    }
    progress.hear(head.sourcePartition(), head.watermarkMillis(), head.idle());
    changed = true;
    closeDue();
  }

  /** Takes a block of another kind, which says what the events of this kind are owed for. */
  void owe(byte[] block) {
    owed.take(cube.blocks().read(block));
    changed = true;
  }

  private void noteMinutes(long oldest, long newest) {
    stores.seen(newest);
    sealing.comes(oldest);
    progress.newestMinuteMillis = Math.max(progress.newestMinuteMillis, newest);
    boolean nothingClosed = progress.watermarkMillis() == Progress.NONE;
    if (progress.nextToCloseMillis == Progress.NONE
        || nothingClosed && oldest < progress.nextToCloseMillis) {
      progress.nextToCloseMillis = oldest;
    }
  }

  /**
   * Looks at the clock, once a second: when all input is silent and was live, it is the clock that
   * closes.
   */
  void tick(long nowMillis) {
    ticksToWait = Math.max(0, ticksToWait - 1);
    if (progress.isSilent()
        && progress.newestMinuteMillis != Progress.NONE
        && nowMillis - progress.watermarkMillis() <= LIVE_MILLIS) {
      long to = nowMillis - cube.settings().silenceAfter().toMillis();
      if (to > progress.watermarkMillis()) {
        progress.reachedMillis = to;
        changed = true;
      }
    }
    changed |= openBlocks.tick(minutes.sealedToMillis());
    closeDue();
    lookEarly(nowMillis);
    // Not with each minute: in a replay there are hundreds of them a second.
    if (worstIsOld) {
      synchronized (lookout) {
        cube.board().publish(kind, lookout.worst(CubeBoard.WORST_MAX));
      }
      worstIsOld = false;
    }
  }

  private void closeDue() {
    long watermark = progress.watermarkMillis();
    minutes.watermark(watermark);
    if (watermark == Progress.NONE
        || progress.nextToCloseMillis == Progress.NONE
        || ticksToWait > 0) {
      return;
    }
    long closable = watermark - cube.settings().grace().toMillis() - MINUTE_MILLIS;
    skipGap(closable);
    int closed = 0;
    while (progress.nextToCloseMillis <= closable && closed < CLOSED_AT_ONCE_MAX) {
      close(progress.nextToCloseMillis);
      progress.nextToCloseMillis += MINUTE_MILLIS;
      closed++;
    }
    if (closed > 0) {
      changed = true;
      worstIsOld = true;
    }
  }

  /** Nobody learns from a thousand empty minutes in a row: closes only the last of a long gap. */
  private void skipGap(long closable) {
    long gapMax = EMPTY_IN_A_ROW_MAX * MINUTE_MILLIS;
    long next = progress.nextToCloseMillis;
    if (closable - next <= gapMax) {
      return;
    }
    long until = sealing.firstWithCells(next, closable);
    if (until - next > gapMax) {
      long to = until - gapMax;
      progress.nextToCloseMillis = to - Math.floorMod(to, MINUTE_MILLIS);
      long skipped = (progress.nextToCloseMillis - next) / MINUTE_MILLIS;
      cube.metrics().skipped(kind, skipped);
      LOG.warn("{}: {} empty minutes in a row are skipped", kind, skipped);
    }
  }

  /**
   * Says when it could be closed, not when it was: the same in a replay that closes many at once.
   */
  private void close(long minuteMillis) {
    CellTable leaves = sealing.leaves(minuteMillis);
    CountedMinute closed =
        new CountedMinute(kind, leaves, minutes.numbering(), owed.causesOf(minuteMillis));
    Findings found;
    synchronized (lookout) {
      found = lookout.closeMinute(minuteMillis, closed, closableAt(minuteMillis));
      noteLeftOut(lookout.leftOut());
      follow(minuteMillis);
    }
    cube.metrics().closed(kind, leaves, minutes.numbering().index());
    tell(found);
  }

  /** Rules that have changed count from the minute after this one on, and it is on record. */
  private void follow(long minuteMillis) {
    WatchPlan newest = cube.watchPlan();
    long next = minuteMillis + MINUTE_MILLIS;
    if (rules == null) {
      rules = RulesOfMinutes.after(null, minuteMillis, plan);
      rulesChanged = true;
    }
    if (!rules.hash().equals(plan.hash())) {
      // Those of before a stop could not be read: this minute was judged by others already.
      lookout.follow(plan);
      note(minuteMillis, plan);
    }
    if (!newest.hash().equals(plan.hash())) {
      lookout.follow(newest);
      note(next, newest);
    }
    plan = newest;
  }

  private void note(long fromMillis, WatchPlan plan) {
    rules = RulesOfMinutes.after(rules, fromMillis, plan);
    rulesChanged = true;
    leftOutTold.clear();
    LOG.info("{}: rules {} count from {} on", kind, plan.hash(), Instant.ofEpochMilli(fromMillis));
  }

  /** Counts what the limits of objectives leave out, and says so once for each. */
  private void noteLeftOut(List<LeftOut> leftOut) {
    for (LeftOut each : leftOut) {
      cube.metrics().untold(kind, each.slices());
      if (leftOutTold.add(each.rule())) {
        LOG.warn(
            "{}: the limits of objective {} leave out {} broken slices and {} leaves",
            kind,
            each.rule(),
            each.slices(),
            each.leaves());
      }
    }
  }

  private long closableAt(long minuteMillis) {
    return minuteMillis + MINUTE_MILLIS + cube.settings().grace().toMillis();
  }

  /**
   * Looks at the next minute while it fills, every ten seconds of event time that are complete. Not
   * in a replay, which is as far in a moment.
   */
  private void lookEarly(long nowMillis) {
    long watermark = progress.watermarkMillis();
    long next = progress.nextToCloseMillis;
    long tick = watermark - Math.floorMod(watermark, EARLY_TICK_MILLIS);
    if (next == Progress.NONE
        || ticksToWait > 0
        || tick <= Math.max(next, lookedAtMillis)
        || nowMillis - watermark > LIVE_MILLIS) {
      return;
    }
    lookedAtMillis = tick;
    CellTable leaves = minutes.find(next);
    if (leaves == null) {
      return;
    }
    CountedMinute soFar =
        new CountedMinute(kind, leaves, minutes.numbering(), Collections.emptySortedMap());
    Findings found;
    synchronized (lookout) {
      found = lookout.lookEarly(next, soFar, Math.min(watermark, closableAt(next)));
    }
    changed |= !found.bursts().isEmpty();
    tell(found);
  }

  private void tell(Findings found) {
    found.bursts().forEach(cube.metrics()::burst);
    findings.accept(found);
  }

  /**
   * Stores what changed; to be called in the transaction that commits the blocks taken: by the
   * commit hook, or at the end of each call.
   */
  void commit() {
    if (!changed && !sealing.isUrgent()) {
      return;
    }
    changed = sealing.seal(progress, openBlocks);
    openBlocks.deleteDue();
    if (members.forget(progress.watermarkMillis())) {
      minutes.renumber();
    } else {
      minutes.forgetSlices();
    }
    synchronized (lookout) {
      for (StateEntry entry : lookout.drainState()) {
        stateStore.put(watchPrefix() + entry.key(), entry.value());
      }
    }
    // Before all ingest tasks have spoken an older minute may still become the first.
    if (progress.watermarkMillis() != Progress.NONE
        && progress.nextToCloseMillis != Progress.NONE) {
      owed.forgetBefore(progress.nextToCloseMillis);
    }
    if (owed.takeChanged()) {
      stateStore.put(owedKey(), owed.toBytes());
    }
    if (rulesChanged && rules != null) {
      stateStore.put(rulesKey(kind), rules.toBytes());
      rulesChanged = false;
    }
    stateStore.put(progressKey(kind), progress.toBytes());
    count();
  }

  private Optional<Explanation> explain(Aspect aspect, Slice slice, OptionalLong minuteMillis) {
    synchronized (lookout) {
      if (minuteMillis.isPresent()) {
        return lookout.explain(aspect, slice, minuteMillis.getAsLong());
      }
      return Optional.of(lookout.explain(aspect, slice)).filter(told -> told.minuteMillis() > 0);
    }
  }

  private void count() {
    cube.metrics().written(kind, sealing.takeWritten());
    for (Dimension dimension : Dimension.ALL) {
      cube.metrics().folded(kind, dimension, intake.takeFolded(dimension));
    }
    cube.metrics().watermark(kind, progress.watermarkMillis());
  }

  /** Takes the open cells off the board: another task may put them up anew. */
  void close() {
    cube.board().closed(kind, minutes, explainer);
  }
}
