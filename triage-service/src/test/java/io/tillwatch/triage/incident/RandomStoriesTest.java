package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.PagerStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever comes in whatever order, nobody is paged twice, nothing is lost, nothing grows.
 *
 * <p>Method: seeded random inputs, many delivered twice, the desk now and then rebuilt from its
 * stored writes; invariants after each. A failure names its seed, which replays it.
 */
class RandomStoriesTest {

  private static final int SEEDS = 100;
  private static final int STEPS = 120;

  @Test
  void noSequenceOfInputsBreaksTheDesk() {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(seed).play();
    }
  }

  @Test
  void theSameInputsGiveTheSameDecisions() {
    for (long seed = 0; seed < 20; seed++) {
      Run one = new Run(seed);
      Run other = new Run(seed);
      one.play();
      other.play();
      assertThat(other.story.actions).isEqualTo(one.story.actions);
      assertThat(other.story.log).isEqualTo(one.story.log);
    }
  }

  private static final class Run {
    final Story story = new Story();
    final long seed;
    final SplittableRandom random;
    final Inputs inputs;
    final TreeMap<String, DeskEntry> store = new TreeMap<>();
    final Map<String, IncidentState> states = new HashMap<>();
    final Map<String, Integer> revisions = new HashMap<>();
    final Set<String> actionIds = new HashSet<>();
    Instant now = Bursting.ONSET;

    Run(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.inputs = new Inputs(random);
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        now = now.plus(Duration.ofSeconds(random.nextInt(1, 240)));
        Input input = inputs.next(story, now);
        Decision decision = story.decide(input, now);
        check(decision, step);
        if (random.nextInt(3) == 0) {
          redeliver(input, step);
        }
        if (random.nextInt(10) == 0) {
          restart(step);
        }
      }
      end();
    }

    void check(Decision decision, int step) {
      String where = "seed " + seed + " step " + step;
      decision.writes().forEach(this::write);
      decision.incidents().forEach(incident -> published(incident, where));
      decision.actions().forEach(action -> queued(action, where));
      if (decision.verdict() == Verdict.MERGED) {
        onePageStaysOpen(decision, where);
      }
      assertThat(story.state.docket().getCommands())
          .as(where)
          .doesNotHaveDuplicates()
          .hasSizeLessThanOrEqualTo(DeskLimits.COMMANDS_MAX);
      Set<String> held = new HashSet<>();
      for (IncidentCase known : story.state.cases().values()) {
        if (Damping.damped(known.getIncident())) {
          assertThat(known.getPager()).as("%s: damped", where).isEqualTo(PagerStep.NONE);
        }
        for (Burst burst : known.getBursts()) {
          assertThat(reviewed(known) || held.add(burst.getBurstId()))
              .as("%s: held twice", where)
              .isTrue();
          assertThat(Regrouping.apart(known, burst)).as("%s: joined again", where).isFalse();
        }
        assertThat(known.getBursts()).as(where).hasSizeLessThanOrEqualTo(DeskLimits.BURSTS_MAX);
        assertThat(known.getIncident().getEvidence())
            .as(where)
            .hasSizeLessThanOrEqualTo(DeskLimits.EVIDENCE_MAX);
        assertThat(known.getPendingActions())
            .as(where)
            .hasSizeLessThanOrEqualTo(DeskLimits.PENDING_MAX);
      }
    }

    /** What is reviewed keeps its bursts as they were when they go on as another incident. */
    private static boolean reviewed(IncidentCase known) {
      return known.getIncident().getState() == IncidentState.REVIEWED;
    }

    private void write(StoredEntry entry) {
      if (entry.value() == null) {
        store.remove(entry.key());
      } else {
        store.put(entry.key(), entry.value());
      }
    }

    /** States move along the life of an incident, however many steps one decision makes. */
    private void published(Incident incident, String where) {
      String id = incident.getIncidentId();
      IncidentState before = states.put(id, incident.getState());
      if (before != null && before != incident.getState()) {
        assertThat(reachable(before, incident.getState()))
            .as("%s: %s from %s to %s", where, id, before, incident.getState())
            .isTrue();
      }
      assertThat(incident.getMergedInto() != null)
          .as(where)
          .isEqualTo(incident.getState() == IncidentState.MERGED);
      assertThat(incident.getRevision()).as(where).isEqualTo(revisions.getOrDefault(id, 0) + 1);
      revisions.put(id, incident.getRevision());
      Set<String> evidence = new HashSet<>();
      incident.getEvidence().forEach(piece -> evidence.add(piece.getEvidenceId()));
      assertThat(evidence).as(where).hasSameSizeAs(incident.getEvidence());
      incident
          .getHypotheses()
          .forEach(hypothesis -> {
            assertThat(evidence).as(where).containsAll(hypothesis.getEvidenceFor());
            assertThat(evidence).as(where).containsAll(hypothesis.getEvidenceAgainst());
            assertThat(hypothesis.getConfidence()).as(where).isBetween(0.0, 0.95);
          });
    }

    private static boolean reachable(IncidentState from, IncidentState to) {
      return IncidentLife.legal(from, to)
          || (from != IncidentState.MERGED
              && from != IncidentState.REVIEWED
              && Arrays.stream(IncidentState.values())
                  .anyMatch(via -> IncidentLife.legal(from, via) && IncidentLife.legal(via, to)));
    }

    private void queued(Action action, String where) {
      assertThat(actionIds.add(action.getActionId())).as(where + action.getActionId()).isTrue();
    }

    /** Whoever was woken for a part has the whole open in the pager, in the same decision. */
    private void onePageStaysOpen(Decision decision, String where) {
      for (Incident part : decision.incidents()) {
        String into = part.getMergedInto();
        if (into != null
            && story.state.cases().get(part.getIncidentId()).getPager() != PagerStep.NONE) {
          assertThat(story.state.cases().get(into).getPager())
              .as("%s: %s", where, part.getIncidentId())
              .isIn(PagerStep.TRIGGERED, PagerStep.ACKNOWLEDGED);
        }
      }
    }

    private void redeliver(Input input, int step) {
      Decision again = story.decide(input, now);
      boolean harmless =
          input instanceof Input.Tick
              || again.log().isEmpty() && again.actions().isEmpty() && again.incidents().isEmpty();
      assertThat(harmless).as("seed %d step %d: %s again", seed, step, input).isTrue();
      check(again, step);
    }

    private void restart(int step) {
      Map<String, DeskState> restored = DeskState.restore(store.values());
      DeskState expected = story.state;
      assertThat(restored.getOrDefault("acme", DeskState.empty("acme")))
          .as("seed %d step %d", seed, step)
          .isEqualTo(store.isEmpty() ? DeskState.empty("acme") : expected);
      story.state = restored.getOrDefault("acme", expected);
    }

    /** One page per episode; trigger, then acknowledge, then resolve, never back. */
    private void end() {
      String where = "seed " + seed;
      assertThat(LogChain.verify(story.log)).as(where).isEmpty();
      if (!story.log.isEmpty()) {
        assertThat(story.log.getFirst().getSequence()).as(where).isEqualTo(1);
      }
      assertThat(story.log)
          .as(where)
          .map(IncidentLogEntry::getText)
          .allMatch(text -> text.length() <= DeskLimits.LOG_TEXT_MAX);
      Map<String, List<ActionVerb>> pager = new HashMap<>();
      Map<String, Integer> created = new HashMap<>();
      for (Action action : story.actions) {
        if (action.getTarget() == ActionTarget.PAGER) {
          pager.computeIfAbsent(action.getDedupKey(), k -> new ArrayList<>()).add(action.getVerb());
        }
        if (action.getTarget() == ActionTarget.TICKET && action.getVerb() == ActionVerb.CREATE) {
          created.merge(action.getIncidentId(), 1, Integer::sum);
        }
      }
      assertThat(pager.values())
          .as(where)
          .allSatisfy(verbs -> {
            assertThat(verbs).startsWith(ActionVerb.TRIGGER);
            assertThat(verbs).doesNotHaveDuplicates();
            assertThat(verbs)
                .isSubsetOf(ActionVerb.TRIGGER, ActionVerb.ACKNOWLEDGE, ActionVerb.RESOLVE)
                .isSorted();
          });
      assertThat(created.values()).as(where).allMatch(count -> count == 1);
    }
  }
}
