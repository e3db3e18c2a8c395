package io.tillwatch.triage.rehearsal;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.act.ActSettings;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Dispatch;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Hands;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One target's executor as a process: the real {@link Dispatch} with hands that may be cut off. */
final class ExecutorSide implements Hands {

  /** The process ended, wherever it was. */
  private static final class Killed extends RuntimeException {
    Killed() {
      super("killed", null, false, false);
    }
  }

  private static final ActSettings SETTINGS = ActSettings.DEFAULTS;
  private static final int ATTEMPTS_A_TURN_MAX = 50;

  private final ActionTarget target;
  private final World world;
  private final Outside outside;
  private final SplittableRandom random;
  private final Map<String, Integer> failed = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> recorded = new HashSet<>();

  /** What the planted bug has taken out of its order, by action id. */
  private final Map<String, Action> inOrder = new HashMap<>();

  private Dispatch dispatch;
  private long busyUntilNanos;
  private int read;
  private int committed;
  private int attempts;

  ExecutorSide(ActionTarget target, World world, Outside outside, SplittableRandom random) {
    this.target = target;
    this.world = world;
    this.outside = outside;
    this.random = random;
    this.dispatch = fresh();
  }

  private Dispatch fresh() {
    Dispatch fresh =
        new Dispatch(
            target,
            SETTINGS,
            random.split(),
            new Dispatch.Time(world::wallClock, this::nanos),
            this);
    if (world.bug() != Bug.FORGOTTEN_DEDUPE) {
      fresh.begin(world.topics().results);
    }
    return fresh;
  }

  private long nanos() {
    if (world.bug() == Bug.WALL_CLOCK_WAITS) {
      return world.wallClock().toEpochMilli() * 1_000_000;
    }
    return Math.max(world.nanos(), busyUntilNanos);
  }

  /** Does what can be done now. */
  void turn() {
    if (world.nanos() < busyUntilNanos) {
      return;
    }
    try {
      List<Action> actions = world.topics().actions;
      for (; read < actions.size() && !dispatch.full(); read++) {
        dispatch.read(asRead(actions.get(read)), read);
      }
      if (world.bug() == Bug.COMMITTED_BEFORE_RECORD) {
        committed = read;
      }
      int before = -1;
      for (int i = 0; i < ATTEMPTS_A_TURN_MAX && before != attempts + recorded.size(); i++) {
        before = attempts + recorded.size();
        dispatch.step();
        if (world.nanos() < busyUntilNanos) {
          return;
        }
      }
    } catch (Killed killed) {
      restart();
    }
  }

  private Action asRead(Action action) {
    if (world.bug() != Bug.REORDERED) {
      return action;
    }
    inOrder.put(action.getActionId(), action);
    return Action.newBuilder(action)
        .setIncidentId(action.getActionId())
        .setDedupKey(action.getActionId())
        .build();
  }

  private void restart() {
    world.tell("the executor of %s starts over", target);
    failed.clear();
    read = committed;
    dispatch = fresh();
  }

  /** Ends between two turns. */
  void crash() {
    restart();
  }

  @Override
  public Delivery deliver(Errand errand) {
    Action asked = errand.action();
    maybeKilled("before the attempt");
    attempts++;
    Action decided = inOrder.getOrDefault(asked.getActionId(), asked);
    Action action =
        Action.newBuilder(asked)
            .setIncidentId(decided.getIncidentId())
            .setDedupKey(decided.getDedupKey())
            .build();
    Outside.Answer answer = outside.take(action, target == ActionTarget.PAGER);
    world.tell("%s ← %s: %s", target, action.getActionId(), answer.delivery());
    if (answer.hung()) {
      busyUntilNanos = world.nanos() + SETTINGS.deadline().toNanos();
    }
    maybeKilled("before the result was on record");
    expectTold(action, answer.delivery());
    return answer.delivery();
  }

  /** Whoever is not reached within three tries of one life is made up for elsewhere. */
  private void expectTold(Action action, Delivery delivery) {
    if (delivery instanceof Delivery.Refused) {
      failed.put(action.getActionId(), SETTINGS.secondChannelAfter());
    } else if (delivery instanceof Delivery.Retry) {
      failed.merge(action.getActionId(), 1, Integer::sum);
    }
  }

  @Override
  public boolean tellSecondChannel(Action notice) {
    if (world.bug() != Bug.NO_SECOND_CHANNEL) {
      told.add(notice.getActionId());
    }
    return true;
  }

  @Override
  public void record(ActionResult asked) {
    Action decided = inOrder.get(asked.getActionId());
    String incidentId = decided == null ? asked.getIncidentId() : decided.getIncidentId();
    ActionResult result = ActionResult.newBuilder(asked).setIncidentId(incidentId).build();
    String id = result.getActionId();
    Violation.unless(recorded.add(id), "results: %s is on record twice", id);
    if (isPage(result)) {
      Violation.unless(
          failed.getOrDefault(id, 0) < SETTINGS.secondChannelAfter()
              || told.contains(id + "/second-channel"),
          "second channel: nobody was told that %s did not arrive",
          id);
    }
    world.topics().results.add(result);
    maybeKilled("before the offset was committed");
  }

  private static boolean isPage(ActionResult result) {
    return result.getTarget() == ActionTarget.PAGER && result.getVerb() == ActionVerb.TRIGGER;
  }

  @Override
  public void commit(long offset) {
    committed = Math.max(committed, (int) offset);
    maybeKilled("after the commit");
  }

  @Override
  public void complain(String what) {
    world.tell("%s", what);
  }

  private void maybeKilled(String where) {
    if (world.faulty() && random.nextInt(40) == 0) {
      world.tell("the executor of %s is killed %s", target, where);
      throw new Killed();
    }
  }

  /** Everything read and settled. */
  boolean settled() {
    return committed == world.topics().actions.size();
  }

  int attempts() {
    return attempts;
  }
}
