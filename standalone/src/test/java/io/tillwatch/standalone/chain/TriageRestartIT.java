package io.tillwatch.standalone.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.incident.LogChain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Goal: whenever triage is stopped, its incidents, its log and what it does outside are the same.
 * Method: a story of bursts told step by step to a triage that lives on, and to one that is killed
 * in every step at a seeded moment, once asked to stop; then the two compared.
 */
@Execution(ExecutionMode.CONCURRENT)
class TriageRestartIT {

  private static final long SEED = 4;
  private static final int JITTER_MILLIS_MAX = 600;

  /** The step in which triage is asked to stop instead of killed. */
  private static final int STOPPED_AT = 3;

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** What a triage leaves behind. */
  private record Outcome(
      Map<String, Incident> incidents,
      List<IncidentLogEntry> log,
      Map<String, Action> actions,
      List<ActionResult> results) {

    static Outcome of(Cluster cluster) {
      Map<String, Incident> incidents = new TreeMap<>();
      cluster.read(cluster.topics.incidents(), (p, i) -> incidents.put(i.getIncidentId(), i));
      Map<String, Action> actions = new TreeMap<>();
      for (Action action : cluster.read(cluster.topics.actions())) {
        assertThat(actions.put(action.getActionId(), action)).as("asked for twice").isNull();
      }
      return new Outcome(
          incidents,
          cluster.read(cluster.topics.incidentLog()),
          actions,
          cluster.read(cluster.topics.actionResults()));
    }

    /** What happened, without the order in which the outside answered. */
    List<String> happenings() {
      return log.stream()
          .map(
              e -> "%s %s %s %s".formatted(e.getAt(), e.getIncidentId(), e.getEvent(), e.getText()))
          .sorted()
          .toList();
    }

    /** The incidents without the one thing that the real clock says. */
    Map<String, Incident> timeless() {
      Map<String, Incident> timeless = new TreeMap<>();
      incidents.forEach(
          (id, i) -> timeless.put(id, Incident.newBuilder(i).setPagedAt(null).build()));
      return timeless;
    }

    List<ActionResult> pages() {
      return results.stream()
          .filter(r -> r.getTarget() == ActionTarget.PAGER)
          .filter(r -> r.getVerb() == ActionVerb.TRIGGER)
          .filter(r -> r.getOutcome() == ActionOutcome.DONE)
          .toList();
    }
  }

  @Test
  void killedInAnyStepItTellsTheSameStoryAndPagesOnce() throws Exception {
    Outcome undisturbed = told("undisturbed", false);
    Outcome disturbed = told("disturbed", true);

    assertThat(undisturbed.incidents()).hasSize(3);
    assertThat(undisturbed.pages())
        .extracting(ActionResult::getIncidentId)
        .containsExactlyInAnyOrderElementsOf(undisturbed.incidents().keySet());
    for (Outcome outcome : List.of(undisturbed, disturbed)) {
      assertThat(LogChain.verify(outcome.log())).as("breaks of the log").isEmpty();
      assertThat(outcome.log().getFirst().getSequence()).isEqualTo(1);
      assertThat(outcome.pages())
          .allSatisfy(page ->
              assertThat(outcome.incidents().get(page.getIncidentId()).getPagedAt())
                  .isEqualTo(page.getAt()));
      assertThat(outcome.results())
          .extracting(ActionResult::getActionId)
          .as("results")
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(outcome.actions().keySet());
    }
    assertThat(disturbed.timeless()).isEqualTo(undisturbed.timeless());
    assertThat(disturbed.happenings()).isEqualTo(undisturbed.happenings());
    assertThat(disturbed.actions()).isEqualTo(undisturbed.actions());
    assertThat(pagedIncidents(disturbed)).isEqualTo(pagedIncidents(undisturbed));
  }

  private static Map<String, Long> pagedIncidents(Outcome outcome) {
    return outcome.pages().stream()
        .collect(Collectors.groupingBy(ActionResult::getIncidentId, Collectors.counting()));
  }

  private Outcome told(String name, boolean disturbed) throws Exception {
    try (Cluster cluster = new Cluster(folder.resolve(name))) {
      Role triage = cluster.triage("triage");
      List<Burst> story = Story.bursts();
      for (int step = 0; step < story.size(); step++) {
        cluster.send(cluster.topics.bursts(), story.get(step).getTenant(), story.get(step));
        if (disturbed) {
          end(triage, step);
          triage = cluster.triage("triage");
        }
        settle(cluster, step == story.size() - 1);
      }
      return Outcome.of(cluster);
    }
  }

  private void end(Role triage, int step) throws Exception {
    if (step == STOPPED_AT) {
      triage.stop();
    } else {
      Thread.sleep(random.nextInt(JITTER_MILLIS_MAX));
      triage.kill();
    }
  }

  /** Waits until the step is judged, all that it asks for is done, and that is on record. */
  private static void settle(Cluster cluster, boolean last) throws Exception {
    Patience.await(
        "the step to be judged",
        () -> cluster.lag("tillwatch-triage", cluster.topics.bursts()),
        l -> l == 0);
    Patience.await(
        "every action to be done",
        () -> Optional.of(Outcome.of(cluster)),
        o ->
            o.results().size() >= o.actions().size()
                && (!last || Story.isOver(o.incidents().values())));
    Patience.await(
        "the results to be folded in",
        () -> cluster.lag("tillwatch-triage", cluster.topics.actionResults()),
        l -> l == 0);
  }
}
