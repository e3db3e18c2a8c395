package io.tillwatch.topology.detect;

import io.tillwatch.rules.watch.WatchRule;
import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches one kind of event of one tenant, minute by minute.
 *
 * <p>Deterministic: no clock, no order of a hash map; the same minutes and early looks give the
 * same findings. Work per minute grows with the leaves that had traffic, times the cuboids tested.
 * Not thread-safe.
 */
public final class Watch {

  static final long MINUTE_MILLIS = 60_000;

  private final Memory memory;
  private final Journal journal = new Journal();
  private final Intake intake;
  private final Intake earlyIntake;
  private final MinuteWriter writer = new MinuteWriter();
  private final Recall recall = new Recall();

  /** Root cells of bursts that were open after a minute since the last checkpoint but one. */
  private final TreeMap<Long, List<Slice>> rootsOfMinutes = new TreeMap<>();

  private @Nullable Watch failures;

  /** A watch that knows nothing yet. */
  public Watch(WatchSettings settings, String tenant, EventKind kind) {
    this(settings, Subject.failures(tenant, kind));
  }

  /** A watch of any subject. */
  Watch(WatchSettings settings, Subject subject) {
    this(settings, subject, settings.falseAlarmBudgetMinutes(), List.of());
  }

  /**
   * The same whose false alarms of volume have a budget of their own.
   *
   * @param objectives watches that hold the subject to something
   */
  Watch(
      WatchSettings settings,
      Subject subject,
      double volumeBudgetMinutes,
      List<WatchRule> objectives) {
    this.memory = new Memory(settings, subject, volumeBudgetMinutes, objectives);
    this.intake = new Intake(memory.leaves, settings.leavesMax(), this::join);
    this.earlyIntake = new Intake(memory.leaves, /* leavesMax= */ 0, this::join);
  }

  /**
   * Knows from now on what the failures' watch, which takes each minute first, has found: it
   * explains broken objectives. To be called before anything is restored.
   */
  Watch beside(Watch failures) {
    this.failures = failures;
    return this;
  }

  /**
   * Judges by other rules from the next minute on. What is known is in the next drain, so that a
   * restart after it was stored lives through no minute of before by them.
   */
  void follow(WatchSettings settings, double volumeBudgetMinutes, List<WatchRule> objectives) {
    wake();
    memory.follow(settings, volumeBudgetMinutes, objectives);
    journal.checkpoint(memory.write());
  }

  /** Takes one closed minute whose leaf cells are in a map. */
  public Findings closeMinute(long minuteMillis, Map<Slice, Tally> leaves, long watermarkMillis) {
    return closeMinute(
        minuteMillis, new TallyLeaves(memory.subject.kind(), leaves), watermarkMillis);
  }

  /**
   * Takes one closed minute.
   *
   * @param minuteMillis its start, epoch milliseconds UTC; minutes come in order, each once, the
   *     empty ones too; one that is skipped counts as not observed, not as silent
   * @param leaves its leaf cells
   * @param watermarkMillis event time at which it is closed
   */
  public Findings closeMinute(long minuteMillis, MinuteLeaves leaves, long watermarkMillis) {
    wake();
    expectNext(minuteMillis);
    intake.take(leaves);
    Minute minute = writer.write(minuteMillis, watermarkMillis, leaves, intake, memory.leaves);
    journal.minute(minuteMillis, minute.stored());
    List<Burst> orphans = memory.objectives.closeOrphans(minute, memory);
    Findings found = advance(minute);
    return orphans.isEmpty() ? found : found.after(orphans);
  }

  /**
   * Looks at a minute that is not over, with what it has counted so far. Finds only what is clear
   * already, and nothing twice: in a minute in which it found something it waits for the rest.
   * Leaves that were never seen wait as well.
   *
   * @param minuteMillis start of the minute that is closed next
   * @param leaves its leaf cells so far
   * @param watermarkMillis event time up to which it is complete
   */
  public Findings lookEarly(long minuteMillis, MinuteLeaves leaves, long watermarkMillis) {
    wake();
    expectNext(minuteMillis);
    if (!memory.hasLearned()
        || memory.bursts.stream().anyMatch(burst -> burst.isEarly(minuteMillis))) {
      return Findings.NONE;
    }
    earlyIntake.take(leaves);
    if (!Outbreaks.isSuspicious(memory, new EarlyRows(leaves, earlyIntake))) {
      return Findings.NONE;
    }
    Minute minute = writer.write(minuteMillis, watermarkMillis, leaves, earlyIntake, memory.leaves);
    Findings found = seekIn(minute);
    if (!found.bursts().isEmpty()) {
      journal.early(minuteMillis, minute.stored());
    }
    return found;
  }

  private Findings seekIn(Minute minute) {
    List<Anomaly> anomalies = new ArrayList<>();
    List<Burst> bursts = new ArrayList<>();
    memory.ring.add(minute);
    Outbreaks.early(memory, minute, anomalies, bursts).seekEarly();
    memory.ring.removeNewest();
    return new Findings(anomalies, bursts);
  }

  private void expectNext(long minuteMillis) {
    if (minuteMillis % MINUTE_MILLIS != 0 || minuteMillis <= memory.last) {
      throw new IllegalArgumentException(
          "minute %d, expected a full minute after %d".formatted(minuteMillis, memory.last));
    }
  }

  /** What is found so far, and what is still open. */
  Memory memory() {
    wake();
    return memory;
  }

  private void join(Slice leaf) {
    journal.leaf(memory.leaves.nextNumber(), leaf);
    memory.addLeaf(leaf);
  }

  /** What changed since the last drain, to be stored in the same transaction as the findings. */
  public List<StateEntry> drainState() {
    wake();
    return journal.drain();
  }

  /**
   * Takes back one stored entry, before the first minute; in any order. Once all are back the watch
   * behaves exactly as before the stop.
   */
  public void restore(String key, byte[] value) {
    journal.restore(key, value);
  }

  /** The cells that did worst in the last minutes, worst first. */
  public List<WorstCell> worst(int limit) {
    wake();
    return Worst.of(memory, limit);
  }

  /** Why a cell is or is not part of a burst, as of the last minute. */
  public Explanation explain(Slice slice) {
    wake();
    return new Inquiry(memory, recall, slice, memory.last).answer();
  }

  /**
   * Why a cell was or was not part of a burst in an earlier minute; empty when that is none of the
   * last three hours.
   */
  public Optional<Explanation> explain(Slice slice, long minuteMillis) {
    wake();
    boolean isHeld = !memory.ring.between(minuteMillis, minuteMillis + 1).isEmpty();
    return isHeld
        ? Optional.of(new Inquiry(memory, recall, slice, minuteMillis).answer())
        : Optional.empty();
  }

  /** What it believes now; valid until the next minute is closed. */
  public Beliefs beliefs() {
    wake();
    return new Beliefs(memory);
  }

  /** Events so far that were not watched because there were too many leaves. */
  public long unwatchedEvents() {
    wake();
    return memory.unwatched;
  }

  /** The pipeline: one minute, from counts to findings. */
  private Findings advance(Minute minute) {
    long now = minute.at + MINUTE_MILLIS;
    remember(minute);
    List<Anomaly> anomalies = new ArrayList<>();
    List<Burst> bursts = new ArrayList<>();
    if (memory.hasLearned()) {
      Outbreaks outbreaks = Outbreaks.of(memory, minute, anomalies, bursts);
      outbreaks.follow();
      outbreaks.seek();
      recall.add(minute.at, outbreaks.reasoned(), memory.bursts);
    }
    if (memory.subject.isFailures()) {
      bursts.addAll(memory.silence.add(minute, memory));
      bursts.addAll(memory.deliveries.add(minute, memory));
    }
    memory.failing = failures == null ? List.of() : failures.openRoots(minute.at);
    bursts.addAll(memory.objectives.add(minute, memory));
    noteRoots(minute.at);
    if (Memory.isLearningTime(now)) {
      memory.learn(now).forEach(journal::forgetLeaf);
    }
    if (Memory.isCheckpointTime(now)) {
      journal.checkpoint(memory.write());
    }
    return new Findings(anomalies, bursts);
  }

  private void noteRoots(long at) {
    if (!memory.bursts.isEmpty()) {
      rootsOfMinutes.put(at, memory.openRoots());
    }
    // A watch beside this one lives through minutes since its last checkpoint, which is as old.
    rootsOfMinutes.headMap(at - 2L * Journal.CHECKPOINT_MINUTES * MINUTE_MILLIS).clear();
  }

  /** Root cells of the bursts that were open after a minute; of an older one none are known. */
  List<Slice> openRoots(long minuteMillis) {
    wake();
    return rootsOfMinutes.getOrDefault(minuteMillis, List.of());
  }

  /** What the limits of objectives left out in the last minute. */
  List<LeftOut> leftOut() {
    wake();
    return memory.objectives.leftOut();
  }

  private void remember(Minute minute) {
    memory.last = minute.at;
    memory.unwatched += minute.unwatched;
    memory.ring.add(minute);
    for (int row = 0; row < minute.rows(); row++) {
      memory.leaves.lastSeen[minute.leaf[row]] = minute.at;
    }
    Minute old = memory.ring.expire(minute.at);
    while (old != null) {
      old = memory.ring.expire(minute.at);
    }
  }

  /** Lives through what was restored, up to where the watch had stopped. */
  private void wake() {
    if (!journal.hasRestored()) {
      return;
    }
    Journal.Stored stored = journal.takeRestored();
    if (stored.checkpoint() != null) {
      memory.read(stored.checkpoint(), stored.format(), stored.leaves());
    }
    long known = memory.last;
    for (byte[] bytes : stored.minutes()) {
      long at = Minute.startOf(bytes);
      if (at <= known) {
        memory.ring.add(Minute.read(bytes, memory.leaves::indexOf));
      } else {
        wakeEarly(stored.early().get(at / MINUTE_MILLIS));
        advance(Minute.read(bytes, number -> knownOrNew(number, stored.leaves())));
      }
    }
    Map.Entry<Long, byte[]> latest = stored.early().lastEntry();
    if (latest != null && latest.getKey() > memory.last / MINUTE_MILLIS) {
      wakeEarly(latest.getValue());
    }
    journal.drain();
  }

  private void wakeEarly(byte @Nullable [] bytes) {
    if (bytes != null) {
      seekIn(Minute.read(bytes, memory.leaves::indexOf));
    }
  }

  private int knownOrNew(long number, Map<Long, Slice> names) {
    while (memory.leaves.nextNumber() <= number) {
      long next = memory.leaves.nextNumber();
      Slice name = names.get(next);
      if (name == null) {
        throw new IllegalStateException("the name of leaf number %d is missing".formatted(next));
      }
      memory.addLeaf(name);
    }
    return memory.leaves.indexOf(number);
  }
}
