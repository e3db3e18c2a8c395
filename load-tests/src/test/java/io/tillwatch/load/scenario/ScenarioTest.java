package io.tillwatch.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.DisturbanceType;
import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Truth.Happening;
import io.tillwatch.schemas.slice.Slice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {

  private static final Instant START = Instant.parse("2026-11-18T15:00:00Z");

  @Test
  void shippedScenariosFitEverySeed() {
    for (String name : Scenario.SHIPPED) {
      for (long seed = 0; seed < 20; seed++) {
        Script script = Scenario.shipped(name).script(World.draw(seed, 200), START);
        int happenings = script.truth().incidents().size() + script.truth().traps().size();
        assertThat(happenings).isEqualTo(script.disturbances().size());
      }
    }
    assertThatThrownBy(() -> Scenario.shipped("loud")).hasMessageContaining("demo");
  }

  @Test
  void theDemoBeginsWithAnOutageOfOneBusyPspInOneRegion() {
    Set<Slice> chosen = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      World world = World.draw(seed, World.AUTHS_PER_MINUTE);
      Happening first =
          Scenario.shipped("demo").script(world, START).truth().incidents().getFirst();
      Slice scope = Slice.of(first.scope());
      assertThat(first.type()).isEqualTo("psp_partial_outage");
      assertThat(first.start()).isEqualTo(START.plus(Duration.ofMinutes(3)));
      assertThat(first.end()).isEqualTo(START.plus(Duration.ofMinutes(13)));
      assertThat(first.scope()).containsOnlyKeys("psp", "region");
      assertThat(world.expectedAuthsPerMinute(scope, START.toEpochMilli()))
          .isGreaterThanOrEqualTo(Casting.BUSY_PER_MINUTE);
      chosen.add(scope);
    }
    assertThat(chosen).hasSizeGreaterThan(4);
  }

  @Test
  void theSameSeedChoosesTheSamePlaces() {
    Scenario demo = Scenario.shipped("demo");
    assertThat(demo.script(World.draw(4, 200), START))
        .isEqualTo(demo.script(World.draw(4, 200), START))
        .isNotEqualTo(demo.script(World.draw(5, 200), START));
  }

  @Test
  void noTwoIncidentsOfTheDemoGoOnAtOnce() {
    Script script = Scenario.shipped("demo").script(World.draw(4, 200), START);
    Instant before = Instant.EPOCH;
    for (Happening happening : script.truth().incidents()) {
      assertThat(happening.start()).isAfter(before.plus(Duration.ofMinutes(25)));
      before = happening.end();
    }
    assertThat(script.truth().incidents()).hasSizeGreaterThan(100);
  }

  @Test
  void aNoisyCellIsNextToEmpty() {
    World world = World.draw(4, 200);
    for (Disturbance each : Scenario.shipped("traps").script(world, START).disturbances()) {
      if (each.type() == DisturbanceType.NOISY_CELL) {
        assertThat(world.expectedAuthsPerMinute(each.slice(), each.startMillis())).isLessThan(0.25);
      }
    }
  }

  @Test
  void theTruthBeforeAMomentIsWhatHadBegun() {
    Truth truth = Scenario.shipped("demo").script(World.draw(4, 200), START).truth();
    Truth early = truth.before(START.plus(Duration.ofMinutes(10)));
    assertThat(early.incidents()).hasSize(1);
    assertThat(early.traps()).hasSize(4);
  }

  @Test
  void theTruthIsWrittenAsReportsHaveIt(@TempDir Path folder) throws Exception {
    Truth truth = Scenario.shipped("demo").script(World.draw(4, 200), START).truth();
    Path file = folder.resolve("truth.json");
    truth.write(file);
    JsonNode root = new ObjectMapper().readTree(file.toFile());
    JsonNode first = root.path("truth").path(0);
    assertThat(first.path("type").asText()).isEqualTo("psp_partial_outage");
    assertThat(first.path("start").asText()).isEqualTo("2026-11-18T15:03:00Z");
    assertThat(first.path("end").asText()).isEqualTo("2026-11-18T15:13:00Z");
    assertThat(first.path("scope").path("psp").asText()).isNotEmpty();
    assertThat(root.path("traps")).hasSize(truth.traps().size());
  }
}
