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
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what the topology watches by follows a folder. Method: look by look, no thread. */
class RulesFollowerTest {

  private static final SortedMap<String, String> NONE_PUBLISHED = new TreeMap<>();

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final PlanInForce plans = new PlanInForce();

  @TempDir private Path folder;

  @Test
  void aChangedFolderIsTakenAndABadOneRefused() throws IOException {
    write("36h");
    try (RulesFollower follower = follower()) {
      follower.look(NONE_PUBLISHED);
      assertThat(every("auth-volume")).isEqualTo(Duration.ofDays(7));

      write("48h");
      follower.look(NONE_PUBLISHED);
      assertThat(every("auth-volume")).isEqualTo(Duration.ofDays(7));
      follower.look(NONE_PUBLISHED);
      assertThat(every("auth-volume")).isEqualTo(Duration.ofHours(48));

      write("soon");
      follower.look(NONE_PUBLISHED);
      follower.look(NONE_PUBLISHED);
      follower.look(NONE_PUBLISHED);
      assertThat(every("auth-volume")).isEqualTo(Duration.ofHours(48));
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
      follower.look(NONE_PUBLISHED);
      follower.look(NONE_PUBLISHED);
      assertThat(metrics.get("tillwatch.watch.rules.taken").functionCounter().count()).isZero();
      follower.look(NONE_PUBLISHED);
      assertThat(every("auth-volume")).isEqualTo(Duration.ofHours(48));
    }
  }

  @Test
  void aFolderThatIsAwayLeavesTheRulesAsTheyAre() throws IOException {
    write("36h");
    try (RulesFollower follower = follower()) {
      write("48h");
      follower.look(NONE_PUBLISHED);
      follower.look(NONE_PUBLISHED);
      follower.look(NONE_PUBLISHED);
      Files.delete(folder.resolve("site.yaml"));
      Files.delete(folder);
      follower.look(NONE_PUBLISHED);
      follower.look(NONE_PUBLISHED);

      assertThat(every("auth-volume")).isEqualTo(Duration.ofHours(48));
    }
  }

  @Test
  void whatIsPublishedIsWatchedFromTheFirstLookUntilItIsWithdrawn() throws IOException {
    write("36h");
    try (RulesFollower follower = follower()) {
      follower.look(published(watch("auth-success-rate", "48h")));
      assertThat(every("auth-success-rate")).isEqualTo(Duration.ofHours(48));
      assertThat(every("auth-volume")).isEqualTo(Duration.ofHours(36));

      SortedMap<String, String> twice = published(watch("auth-volume", "48h"));
      follower.look(twice);
      follower.look(twice);
      assertThat(every("auth-success-rate")).isEqualTo(Duration.ofHours(48));

      follower.look(NONE_PUBLISHED);
      follower.look(NONE_PUBLISHED);
      assertThat(every("auth-success-rate")).isEqualTo(Duration.ofDays(7));
    }
    assertThat(metrics.get("tillwatch.watch.rules.refused").functionCounter().count()).isEqualTo(1);
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
    Files.writeString(folder.resolve("site.yaml"), watch("auth-volume", every));
  }

  private static SortedMap<String, String> published(String text) {
    return new TreeMap<>(Map.of("tillwatch.rules/more.yaml", text));
  }

  private static String watch(String name, String every) {
    return "watches: [{name: %s, kind: auth, kpi: %s, failures-min: 0, false-alarm-every: %s}]"
        .formatted(name, name.substring("auth-".length()).replace('-', '_'), every);
  }

  private Duration every(String name) {
    return Objects.requireNonNull(plans.orElse(WatchPlan.DEFAULT).rules().get(name))
        .falseAlarmEvery();
  }
}
