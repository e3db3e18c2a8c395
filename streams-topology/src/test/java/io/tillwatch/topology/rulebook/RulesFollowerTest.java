package io.tillwatch.topology.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.topology.detect.WatchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what the topology watches by follows a folder. Method: look by look, no thread. */
class RulesFollowerTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final PlanInForce plans = new PlanInForce();

  @TempDir private Path folder;

  @Test
  void aChangedFolderIsTakenAndABadOneRefused() throws IOException {
    write("36h");
    try (RulesFollower follower = follower()) {
      follower.look();
      assertThat(every(plans.orElse(WatchPlan.DEFAULT))).isEqualTo(Duration.ofDays(7));

      write("48h");
      follower.look();
      assertThat(every(plans.orElse(WatchPlan.DEFAULT))).isEqualTo(Duration.ofDays(7));
      follower.look();
      assertThat(every(plans.orElse(WatchPlan.DEFAULT))).isEqualTo(Duration.ofHours(48));

      write("soon");
      follower.look();
      follower.look();
      follower.look();
      assertThat(every(plans.orElse(WatchPlan.DEFAULT))).isEqualTo(Duration.ofHours(48));
    }
    assertThat(metrics.get("tillwatch.watch.rules.taken").functionCounter().count()).isEqualTo(1);
    assertThat(metrics.get("tillwatch.watch.rules.refused").functionCounter().count()).isEqualTo(1);
    assertThat(metrics.get("tillwatch.watch.rules.version.info").gauges())
        .singleElement()
        .satisfies(info ->
            assertThat(info.getId().getTag("hash"))
                .isEqualTo(plans.orElse(WatchPlan.DEFAULT).hash()));
  }

  /** A look that sees something else than the start did may see half of it. */
  @Test
  void theFirstLookIsNotTakenByItself() throws IOException {
    write("36h");
    try (RulesFollower follower = follower()) {
      write("48h");
      follower.look();
      assertThat(metrics.get("tillwatch.watch.rules.taken").functionCounter().count()).isZero();
      follower.look();
      assertThat(every(plans.orElse(WatchPlan.DEFAULT))).isEqualTo(Duration.ofHours(48));
    }
  }

  @Test
  void aFolderThatIsAwayLeavesTheRulesAsTheyAre() throws IOException {
    write("36h");
    try (RulesFollower follower = follower()) {
      write("48h");
      follower.look();
      follower.look();
      Files.delete(folder.resolve("site.yaml"));
      Files.delete(folder);
      follower.look();
      follower.look();

      assertThat(every(plans.orElse(WatchPlan.DEFAULT))).isEqualTo(Duration.ofHours(48));
    }
  }

  private RulesFollower follower() {
    List<Path> paths = List.of(folder);
    return new RulesFollower(
        new RulesSettings(paths, WatchPlan.of(RuleFile.readAll(paths))),
        plans,
        () -> Instant.EPOCH,
        metrics);
  }

  private void write(String every) throws IOException {
    Files.writeString(
        folder.resolve("site.yaml"),
        "watches: [{name: auth-volume, kind: auth, kpi: volume, failures-min: 0,"
            + " false-alarm-every: %s}]".formatted(every));
  }

  private static Duration every(WatchPlan plan) {
    return Objects.requireNonNull(plan.rules().get("auth-volume")).falseAlarmEvery();
  }
}
