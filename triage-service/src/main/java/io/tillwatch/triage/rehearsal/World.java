package io.tillwatch.triage.rehearsal;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One rehearsal: a desk, three executors, three outside systems and a clock, all from one seed.
 *
 * <p>First everything may fail. Then nothing does, and within {@link #SETTLED_WITHIN} all that is
 * queued must be done. Last, every outage ends, and all must be closed.
 */
final class World {

  /** By when, after the faults, every page and every other action is settled. */
  static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

  /** Half an hour before the clocks of Europe go forward. */
  private static final Instant START = Instant.parse("2026-03-29T00:30:00Z");

  private static final Duration STEP_MAX = Duration.ofSeconds(25);
  private static final Duration HEALED_STEP = Duration.ofSeconds(2);
  private static final Duration CLOSING_STEP = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofSeconds(10);
  private static final Duration SKEW_MAX = Duration.ofHours(2);
  private static final Duration CLOSED_WITHIN = SKEW_MAX.multipliedBy(2).plusMinutes(30);
  private static final int STEPS_MIN = 25;
  private static final int STEPS_MAX = 65;

  private final SplittableRandom random;
  private final @Nullable Bug bug;
  private final boolean clockJumps;
  private final @Nullable Consumer<String> story;
  private final Topics topics = new Topics();
  private final Script script;
  private final DeskSide desk;
  private final Outside pager;
  private final Outside tracker;
  private final List<Outside> outside = new ArrayList<>();
  private final List<ExecutorSide> executors = new ArrayList<>();
  private long nanos;
  private Duration skew = Duration.ZERO;
  private Instant ticked = START;
  private boolean faulty = true;

  World(
      IncidentDesk decisions,
      long seed,
      @Nullable Bug bug,
      boolean clockJumps,
      @Nullable Consumer<String> story) {
    this.random = new SplittableRandom(seed);
    this.bug = bug;
    this.clockJumps = clockJumps;
    this.story = story;
    this.script = new Script(random.split());
    this.desk = new DeskSide(decisions, topics, random.split(), bug);
    this.pager = add(ActionTarget.PAGER);
    this.tracker = add(ActionTarget.TICKET);
    add(ActionTarget.CHAT);
  }

  private Outside add(ActionTarget target) {
    Outside added = new Outside(random.split());
    outside.add(added);
    executors.add(new ExecutorSide(target, this, added, random.split()));
    return added;
  }

  /** Plays it to its end; throws what is broken. */
  void play() {
    int steps = random.nextInt(STEPS_MIN, STEPS_MAX);
    for (int i = 0; i < steps; i++) {
      faultyStep();
    }
    heal();
    settle();
    Checks.afterHealing(this);
    close();
    Checks.atTheEnd(this);
  }

  private void faultyStep() {
    advance(Duration.ofMillis(random.nextLong(100, STEP_MAX.toMillis())));
    if (random.nextInt(3) > 0) {
      happen(script.next(now(), desk.state().cases().keySet()));
    }
    if (random.nextInt(6) == 0) {
      Outside.Mood[] moods = Outside.Mood.values();
      Outside.Mood mood = random.nextInt(3) == 0 ? moods[0] : moods[random.nextInt(moods.length)];
      int which = random.nextInt(outside.size());
      outside.get(which).become(mood);
      tell("outside %d: %s", which, mood);
    }
    if (clockJumps && random.nextInt(10) == 0) {
      long most = SKEW_MAX.toMillis();
      skew = Duration.ofMillis(random.nextLong(-most, most));
      tell("the clock is set to %s", wallClock());
    }
    work();
    if (random.nextInt(15) == 0) {
      tell("the desk is killed");
      desk.crash();
    }
    if (random.nextInt(15) == 0) {
      executors.get(random.nextInt(executors.size())).crash();
    }
  }

  /** One turn of every process; whether the desk gets to commit is chance while faults last. */
  private void work() {
    desk.poll();
    if (Duration.between(ticked, wallClock()).abs().compareTo(TICK) >= 0) {
      ticked = wallClock();
      desk.tick(wallClock());
    }
    if (!faulty || random.nextInt(4) > 0) {
      desk.commit();
    }
    executors.forEach(ExecutorSide::turn);
  }

  private void happen(Input input) {
    tell("%s", input);
    topics.inputs.add(new Topics.Timed(input, now()));
  }

  private void heal() {
    faulty = false;
    outside.forEach(each -> each.become(Outside.Mood.WELL));
    tell("everything is well again");
  }

  private void settle() {
    long until = nanos + SETTLED_WITHIN.toNanos();
    do {
      advance(HEALED_STEP);
      work();
    } while (nanos < until && !settled());
    desk.poll();
    desk.commit();
    executors.forEach(ExecutorSide::turn);
  }

  private void close() {
    for (Burst end : script.ends(now())) {
      happen(new Input.BurstSeen(end));
    }
    long until = nanos + CLOSED_WITHIN.toNanos();
    do {
      advance(CLOSING_STEP);
      work();
    } while (nanos < until && (Checks.anyLive(this) || !settled()));
    desk.poll();
    desk.commit();
  }

  boolean settled() {
    return desk.settled() && executors.stream().allMatch(ExecutorSide::settled);
  }

  private void advance(Duration step) {
    nanos += step.toNanos();
  }

  /** Seconds since the play began; what happens is timed by it. */
  Instant now() {
    return START.plusNanos(nanos);
  }

  /** What the machine's clock says: people and daylight saving move it. */
  Instant wallClock() {
    return now().plus(skew);
  }

  long nanos() {
    return nanos;
  }

  boolean faulty() {
    return faulty;
  }

  @Nullable Bug bug() {
    return bug;
  }

  Topics topics() {
    return topics;
  }

  DeskSide desk() {
    return desk;
  }

  Outside pager() {
    return pager;
  }

  Outside tracker() {
    return tracker;
  }

  Script script() {
    return script;
  }

  int attempts() {
    return executors.stream().mapToInt(ExecutorSide::attempts).sum();
  }

  void tell(String line, Object... values) {
    if (story != null) {
      story.accept("%s  %s".formatted(now(), line.formatted(values)));
    }
  }
}
