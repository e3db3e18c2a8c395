package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Anomaly;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is watched of one kind of event of one tenant: its failures, how long it takes, and the
 * mix of its reasons. Each is a {@link Watch} with a memory of its own.
 *
 * <p>What a burst of failures explains is not looked at for anything else: that a PSP which is down
 * is also slow, and says so with another reason, is part of its burst. Where work is planned
 * nothing is looked at. Not thread-safe.
 */
public final class Lookout {

  /** Leaves of a mix, watched once for each reason. */
  private static final int REASON_LEAVES_MAX = 4_000;

  /**
   * How many times the budget of false alarms is spent on durations: a PSP that answers slowly
   * loses customers while they wait. Captures and webhooks keep nobody waiting, so that they are
   * told a little later, and hardly ever by chance.
   */
  private static final double SPENT_ON_AUTHS = 3;

  private static final double SPENT_ON_OTHERS = .1;

  private static final String DURATIONS = "duration/";
  private static final String REASONS = "reason/";

  private WatchSettings settings;
  private final String tenant;
  private final EventKind kind;

  private final Watch failures;
  private final @Nullable Watch durations;
  private final @Nullable DurationLeaves durationLeaves;
  private final TreeMap<Reason, Watch> mixes = new TreeMap<>();
  private final ReasonLeaves reasonLeaves = new ReasonLeaves();

  /** A lookout that knows nothing yet, and watches everything alike. */
  public Lookout(WatchSettings settings, String tenant, EventKind kind) {
    this(WatchPlan.uniform(settings), tenant, kind);
  }

  /** A lookout that knows nothing yet. */
  public Lookout(WatchPlan plan, String tenant, EventKind kind) {
    this.settings = plan.failures(kind);
    this.tenant = tenant;
    this.kind = kind;
    this.failures =
        new Watch(
            settings, Subject.failures(tenant, kind), volumeBudget(plan), plan.ofFailures(kind));
    Kpi kpi = durationKpi(kind);
    if (kpi == null) {
      this.durations = null;
      this.durationLeaves = null;
    } else {
      Subject subject = new Subject(tenant, kind, kpi, "");
      WatchSettings looking = ofDurations(plan, kpi);
      this.durations =
          new Watch(looking, subject, looking.falseAlarmBudgetMinutes(), plan.objectives(kind, kpi))
              .beside(failures);
      this.durationLeaves = new DurationLeaves(durations.memory());
    }
    if (kind == EventKind.AUTH) {
      // Also of reasons that never were: the first time that one comes is the most telling one.
      WatchSettings coarse = ofMixes(plan);
      for (Reason reason : Reason.values()) {
        Subject mix = new Subject(tenant, kind, Kpi.REASON_MIX, reason.name());
        mixes.put(
            reason,
            new Watch(coarse, mix, coarse.falseAlarmBudgetMinutes(), plan.ofReason(kind, reason))
                .beside(failures));
      }
    }
  }

  /**
   * Judges by another plan from the next minute on; to be called when a minute has been closed, so
   * that none is judged by two. What is known and open stays.
   */
  public void follow(WatchPlan plan) {
    settings = plan.failures(kind);
    failures.follow(settings, volumeBudget(plan), plan.ofFailures(kind));
    Kpi kpi = durationKpi(kind);
    if (durations != null && kpi != null) {
      WatchSettings looking = ofDurations(plan, kpi);
      durations.follow(looking, looking.falseAlarmBudgetMinutes(), plan.objectives(kind, kpi));
    }
    mixes.forEach((reason, mix) -> {
      WatchSettings coarse = ofMixes(plan);
      mix.follow(coarse, coarse.falseAlarmBudgetMinutes(), plan.ofReason(kind, reason));
    });
  }

  private double volumeBudget(WatchPlan plan) {
    return plan.settings(kind, Kpi.VOLUME).falseAlarmBudgetMinutes();
  }

  private WatchSettings ofDurations(WatchPlan plan, Kpi kpi) {
    WatchSettings coarse = plan.settings(kind, kpi).namedBy(shared(DurationLeaves.DIMENSIONS));
    return new Subject(tenant, kind, kpi, "").isPromise()
        ? coarse
        : coarse.forDurations(kind == EventKind.AUTH ? SPENT_ON_AUTHS : SPENT_ON_OTHERS);
  }

  private WatchSettings ofMixes(WatchPlan plan) {
    return plan.settings(kind, Kpi.REASON_MIX)
        .namedBy(shared(ReasonLeaves.DIMENSIONS))
        .sharedBy(Reason.values().length, REASON_LEAVES_MAX);
  }

  static @Nullable Kpi durationKpi(EventKind kind) {
    return switch (kind) {
      case AUTH, CAPTURE -> Kpi.LATENCY;
      case WEBHOOK -> Kpi.WEBHOOK_LAG;
      case REFUND -> Kpi.REFUND_SLA;
      case SETTLEMENT, DISPUTE -> null;
    };
  }

  private Set<Dimension> shared(Set<Dimension> dimensions) {
    Set<Dimension> shared = EnumSet.copyOf(dimensions);
    shared.retainAll(settings.dimensions());
    return shared;
  }

  /** Takes one closed minute; see {@link Watch#closeMinute(long, MinuteLeaves, long)}. */
  public Findings closeMinute(long minuteMillis, MinuteLeaves leaves, long watermarkMillis) {
    return closeMinute(minuteMillis, leaves, leaves, leaves, watermarkMillis);
  }

  /**
   * Takes one closed minute whose durations and reasons were counted by other leaves.
   *
   * @param durationsOf leaves that tell how long events took; may be coarser than the leaves
   * @param reasonsOf leaves that tell reasons; may be coarser than the leaves
   */
  public Findings closeMinute(
      long minuteMillis,
      MinuteLeaves leaves,
      MinuteLeaves durationsOf,
      MinuteLeaves reasonsOf,
      long watermarkMillis) {
    List<Anomaly> anomalies = new ArrayList<>();
    List<Burst> bursts = new ArrayList<>();
    List<Slice> planned = settings.planned(minuteMillis);
    MinuteLeaves unplanned = OutsidePlans.of(leaves, planned);
    add(failures.closeMinute(minuteMillis, unplanned, watermarkMillis), anomalies, bursts);
    List<Slice> explained = new ArrayList<>(failures.openRoots(minuteMillis));
    explained.addAll(planned);
    if (durations != null && durationLeaves != null) {
      durationLeaves.take(durationsOf, anyOf(explained, Slice::covers));
      add(durations.closeMinute(minuteMillis, durationLeaves, watermarkMillis), anomalies, bursts);
    }
    if (kind == EventKind.AUTH) {
      closeMixes(minuteMillis, reasonsOf, explained, watermarkMillis, anomalies, bursts);
    }
    return new Findings(anomalies, bursts);
  }

  /**
   * Looks at the failures of a minute that is not over; see {@link Watch#lookEarly(long,
   * MinuteLeaves, long)}.
   */
  public Findings lookEarly(long minuteMillis, MinuteLeaves leaves, long watermarkMillis) {
    List<Slice> planned = settings.planned(minuteMillis);
    return failures.lookEarly(minuteMillis, OutsidePlans.of(leaves, planned), watermarkMillis);
  }

  // The parameters are those of closeMinute, and where to add what is found.
  private void closeMixes(
      long minuteMillis,
      MinuteLeaves reasonsOf,
      List<Slice> explained,
      long watermarkMillis,
      List<Anomaly> anomalies,
      List<Burst> bursts) {
    reasonLeaves.take(reasonsOf, anyOf(explained, Slice::overlaps));
    for (Map.Entry<Reason, Watch> mix : mixes.entrySet()) {
      reasonLeaves.lookAt(mix.getKey());
      add(
          mix.getValue().closeMinute(minuteMillis, reasonLeaves, watermarkMillis),
          anomalies,
          bursts);
    }
  }

  /** How one cell relates to another. */
  private interface Relation {
    boolean holds(Slice root, Slice leaf);
  }

  private static @Nullable Predicate<Slice> anyOf(List<Slice> roots, Relation relation) {
    if (roots.isEmpty()) {
      return null;
    }
    return leaf -> {
      for (Slice root : roots) {
        if (relation.holds(root, leaf)) {
          return true;
        }
      }
      return false;
    };
  }

  private static void add(Findings found, List<Anomaly> anomalies, List<Burst> bursts) {
    anomalies.addAll(found.anomalies());
    bursts.addAll(found.bursts());
  }

  /** What changed since the last drain, to be stored in the same transaction as the findings. */
  public List<StateEntry> drainState() {
    List<StateEntry> entries = new ArrayList<>(failures.drainState());
    if (durations != null) {
      durations.drainState().forEach(entry -> entries.add(entry.under(DURATIONS)));
    }
    mixes.forEach((reason, mix) ->
        mix.drainState().forEach(entry -> entries.add(entry.under(REASONS + reason + '/'))));
    return entries;
  }

  /** Takes back one stored entry, before the first minute; in any order. */
  public void restore(String key, byte[] value) {
    if (key.startsWith(DURATIONS) && durations != null) {
      durations.restore(key.substring(DURATIONS.length()), value);
    } else if (key.startsWith(REASONS)) {
      String rest = key.substring(REASONS.length());
      int end = rest.indexOf('/');
      Reason reason = Reason.valueOf(rest.substring(0, end));
      Objects.requireNonNull(mixes.get(reason)).restore(rest.substring(end + 1), value);
    } else {
      failures.restore(key, value);
    }
  }

  /** The cells whose failures were worst in the last minutes, worst first. */
  public List<WorstCell> worst(int limit) {
    return failures.worst(limit);
  }

  /** Why a cell is or is not part of a burst, as of the last minute. */
  public Explanation explain(Aspect aspect, Slice slice) {
    return watch(aspect).explain(slice);
  }

  /**
   * Why a cell was or was not part of a burst in an earlier minute; empty when that is none of the
   * last three hours.
   */
  public Optional<Explanation> explain(Aspect aspect, Slice slice, long minuteMillis) {
    return watch(aspect).explain(slice, minuteMillis);
  }

  private Watch watch(Aspect aspect) {
    if (aspect.equals(Aspect.failures(kind))) {
      return failures;
    }
    Watch found = aspect.kpi() == durationKpi(kind) ? durations : null;
    if (aspect.reason() != null) {
      found = mixes.get(aspect.reason());
    }
    if (found == null) {
      throw new IllegalArgumentException(
          "%s of %s, expected one of %s".formatted(aspect, kind, Aspect.kpis(kind)));
    }
    return found;
  }

  /** What is believed of failures now; valid until the next minute is closed. */
  public Beliefs beliefs() {
    return failures.beliefs();
  }

  /** What the limits of objectives left out in the last minute, where they did. */
  public List<LeftOut> leftOut() {
    List<LeftOut> left = new ArrayList<>(failures.leftOut());
    if (durations != null) {
      left.addAll(durations.leftOut());
    }
    mixes.values().forEach(mix -> left.addAll(mix.leftOut()));
    return left;
  }

  /** Events so far whose failures were not watched because there were too many leaves. */
  public long unwatchedEvents() {
    return failures.unwatchedEvents();
  }
}
