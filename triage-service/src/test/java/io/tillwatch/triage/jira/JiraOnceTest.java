package io.tillwatch.triage.jira;

import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.ActSettings;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Dispatch;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Hands;
import io.tillwatch.triage.jira.JiraWorld.Fault;
import io.tillwatch.triage.jira.JiraWorld.Request;
import io.tillwatch.triage.jira.JiraWorld.Stored;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: exactly one issue per incident, each comment once, each closed. Method: the executor and
 * the adapter as they run, over half an hour of a world in memory with a clock of its own: 30 % of
 * creates are cut off after the commit, others commit up to 50 s after they were let go of or not
 * at all, the index lags by up to 180 s, for five minutes nobody is let in, people make issues too,
 * and now and then, between any two steps of the work, the process is killed before anything is on
 * record.
 */
class JiraOnceTest {

  private static final Duration EVERY = Duration.ofMillis(3_600);
  private static final Duration TRIP = Duration.ofMillis(20);
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  /** The process is gone. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** One outbox, the processes that work on it one after the other, and what they leave. */
  private static final class Rehearsal implements Hands {

    final JiraWorld world = new JiraWorld();
    final List<Action> topic = new ArrayList<>();
    final List<ActionResult> results = new ArrayList<>();
    final Random random;
    final JiraSettings settings;
    final int incidents;
    final int killEvery;
    JiraNotifier notifier;
    Dispatch dispatch;
    long committed;
    int read;
    int kills;

    Rehearsal(long seed, int incidents, int killEvery, JiraSettings settings) {
      this.killEvery = killEvery;
      this.random = new Random(seed);
      this.settings = settings;
      this.incidents = incidents;
      world.lag = request -> Duration.ofMillis(random.nextInt(180_000));
      world.faults = this::fault;
      start();
    }

    private Instant now() {
      return Samples.ONSET.plusNanos(world.nanos);
    }

    private void start() {
      notifier =
          new JiraNotifier(
              settings,
              action -> Optional.of(Samples.incident(action.getIncidentId()).build()),
              this::send,
              new JiraNotifier.Time(this::now, () -> world.nanos));
      dispatch =
          new Dispatch(
              TICKET,
              ActSettings.DEFAULTS,
              random,
              new Dispatch.Time(this::now, () -> world.nanos),
              this);
      dispatch.begin(results, topic.size());
      read = (int) committed;
    }

    /** A request, after which the process may be gone whatever came of it. */
    private Reply send(Ask ask) {
      Reply reply = world.apply(ask);
      boolean writes = !ask.method().equals("GET") && !reads(ask.path());
      if (writes && random.nextInt(killEvery) == 0) {
        throw new Killed();
      }
      return reply;
    }

    private Fault fault(Request request) {
      world.nanos += TRIP.toNanos();
      Duration time = Duration.ofNanos(world.nanos);
      if (time.toMinutes() >= 10 && time.toMinutes() < 15) {
        return Fault.UNAUTHORIZED;
      }
      int dice = random.nextInt(100);
      boolean read = request.method().equals("GET") || reads(request.path());
      boolean create = request.path().endsWith("/issue");
      Fault fault = read ? ofReads() : create ? ofCreate(dice) : ofWrites(dice);
      if (fault == Fault.LOST_AFTER || fault == Fault.LOST_BEFORE) {
        world.nanos += DEADLINE.toNanos();
      }
      return fault;
    }

    private Fault ofCreate(int dice) {
      world.settles = Duration.ofMillis(random.nextInt(50_000));
      return dice < 30
          ? Fault.LOST_AFTER
          : dice < 35
              ? Fault.LOST_AND_LATER
              : dice < 38
                  ? Fault.LOST_BEFORE
                  : dice < 40 ? Fault.UNAVAILABLE_AFTER : dice < 42 ? Fault.TOO_MANY : Fault.NONE;
    }

    private Fault ofWrites(int dice) {
      return switch (dice) {
        case 0, 1 -> Fault.LOST_AFTER;
        case 2 -> Fault.LOST_BEFORE;
        case 3 -> Fault.LOST_AND_LATER;
        case 4 -> Fault.UNAVAILABLE_AFTER;
        case 5 -> Fault.TOO_MANY;
        default -> Fault.NONE;
      };
    }

    /** A walk on Data Center is a hundred of them. */
    private Fault ofReads() {
      return switch (random.nextInt(1_000)) {
        case 0 -> Fault.LOST_BEFORE;
        case 1 -> Fault.UNAVAILABLE_AFTER;
        case 2 -> Fault.TOO_MANY;
        default -> Fault.NONE;
      };
    }

    private static boolean reads(String path) {
      return path.contains("/search") || path.endsWith("/bulkfetch");
    }

    /** Runs until all is settled. */
    void run() {
      List<Action> story = story();
      int next = 0;
      long people = 0;
      while (results.size() < story.size()) {
        for (; next < story.size() && !story.get(next).getCreatedAt().isAfter(now()); next++) {
          topic.add(story.get(next));
        }
        for (; people < world.nanos / Duration.ofSeconds(20).toNanos(); people++) {
          world.others(1);
        }
        try {
          for (; read < topic.size(); read++) {
            dispatch.read(topic.get(read), read);
          }
          dispatch.step();
        } catch (Killed killed) {
          kills++;
          world.nanos += Duration.ofSeconds(5).toNanos();
          start();
        }
        world.nanos += Math.max(1_000_000, dispatch.idle(Duration.ofMillis(500)).toNanos());
        world.catchUp();
      }
    }

    /** Each incident is told, commented on after a minute and over after ten. */
    private List<Action> story() {
      List<Action> story = new ArrayList<>();
      for (int i = 0; i < incidents; i++) {
        Instant begin = Samples.ONSET.plus(EVERY.multipliedBy(i));
        story.add(action(i, ActionVerb.CREATE, begin));
        story.add(action(i, ActionVerb.COMMENT, begin.plusSeconds(60)));
        story.add(action(i, ActionVerb.CLOSE, begin.plusSeconds(600)));
      }
      story.sort(Comparator.comparing(Action::getCreatedAt));
      return story;
    }

    private static Action action(int incident, ActionVerb verb, Instant at) {
      return Samples.action("INC-%08X".formatted(incident), TICKET, verb).setCreatedAt(at).build();
    }

    @Override
    public Delivery deliver(Errand errand) {
      Delivery delivery = notifier.deliver(errand);
      if (random.nextInt(killEvery) == 0) {
        throw new Killed();
      }
      return delivery;
    }

    @Override
    public boolean tellSecondChannel(Action notice) {
      return true;
    }

    @Override
    public void record(ActionResult result) {
      results.add(result);
      if (random.nextInt(killEvery) == 0) {
        throw new Killed();
      }
    }

    @Override
    public void commit(long offset) {
      committed = offset;
    }

    /** Ten thousand attempts fail here, as they should. */
    @Override
    public void complain(String what) {}

    /** Issues of each incident. */
    List<Integer> issues() {
      return IntStream.range(0, incidents)
          .mapToObj(i -> world.of("INC-%08X".formatted(i)).size())
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"CLOUD, 250, 150, 1", "CLOUD, 100, 40, 2", "DATA_CENTER, 100, 60, 3"})
  void everyIncidentHasExactlyOneIssue(
      JiraEdition edition, int incidents, int killEvery, long seed) {
    Rehearsal rehearsal =
        new Rehearsal(
            seed,
            incidents,
            killEvery,
            JiraNotifierTest.settings(edition, JiraNotifierTest.flow("", "", "")));
    rehearsal.run();

    assertThat(rehearsal.issues()).as("seed %d", seed).containsOnly(1);
    for (int i = 0; i < incidents; i++) {
      Stored issue = rehearsal.world.of("INC-%08X".formatted(i)).getFirst();
      assertThat(issue.comments).as("comments of %s, seed %d", issue.key, seed).hasSize(2);
      assertThat(issue.done()).isTrue();
      assertThat(issue.files).as("file").containsOnly(issue.files.getFirst());
      assertThat(issue.links).hasSize(1);
    }
    assertThat(rehearsal.results)
        .extracting(ActionResult::getOutcome)
        .containsOnly(ActionOutcome.DONE);
    assertThat(rehearsal.kills).as("the process was killed").isGreaterThan(5);
  }

  /** The same world shows what becomes of a ticket system that does not wait: this is the bug. */
  @Test
  void whoDoesNotWaitHasTwo() {
    JiraSettings patient =
        JiraNotifierTest.settings(JiraEdition.CLOUD, JiraNotifierTest.flow("", "", ""));
    Duration none = Duration.ZERO;
    Rehearsal rehearsal =
        new Rehearsal(
            1,
            100,
            100,
            new JiraSettings(
                patient.edition(),
                patient.door(),
                patient.user(),
                patient.token(),
                patient.route(),
                patient.routes(),
                patient.fields(),
                patient.flow(),
                true,
                new CreateOnce.Waits(none, none)));
    rehearsal.run();
    assertThat(rehearsal.issues()).contains(2);
  }
}
