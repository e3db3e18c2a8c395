package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleFile;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.cube.RulesOfMinutes.Change;
import io.tillwatch.topology.detect.WatchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: it is on record from which minute on which rules count, and what a stop lives through again
 * is judged as it was. Method: a cube in memory whose rules change, and which is killed.
 */
class RulesOfMinutesTest {

  private static final WatchPlan FIRST = WatchPlan.DEFAULT;
  private static final WatchPlan SECOND = plan("36h");
  private static final WatchPlan THIRD = plan("48h");
  private static final WatchPlan LARGE =
      WatchPlan.of(
          List.of(
              new RuleFile(
                  "a.yaml",
                  "#"
                      + "x".repeat(RulesOfMinutes.CHARACTERS_MAX)
                      + "\nholidays: [{name: a, dates: 2027-01-01}]")));

  private final Random random = new Random(1);
  private final CubeStage stage = new CubeStage(CubeSettings.DEFAULT);

  private static WatchPlan plan(String every) {
    return WatchPlan.of(
        List.of(
            new RuleFile(
                "site.yaml",
                "watches: [{name: auth-volume, kind: auth, kpi: volume, failures-min: 0,"
                    + " false-alarm-every: %s}]".formatted(every))));
  }

  private void minutes(int count) {
    for (int i = 0; i < count; i++) {
      stage.send(List.of(Seeded.leaf(random)), random);
    }
    stage.commit();
  }

  /** Which rules the committed minutes were judged by. */
  private RulesOfMinutes onRecord() {
    byte[] stored = stage.keyed(Cube.STATE_STORE).get(KindCube.rulesKey(EventKind.AUTH));
    return Objects.requireNonNull(RulesOfMinutes.of(stored));
  }

  @Test
  void aChangeCountsFromTheNextMinuteOnAndIsOnRecord() {
    minutes(5);
    stage.plan.set(SECOND);
    minutes(5);

    List<Change> changes = onRecord().changes();
    assertThat(changes).extracting(Change::hash).containsExactly(FIRST.hash(), SECOND.hash());
    long first = changes.getFirst().fromMillis();
    assertThat(changes.getLast().fromMillis()).isBetween(first + 180_000, first + 360_000);
    assertThat(onRecord().files()).isEqualTo(SECOND.files());
  }

  @Test
  void whatIsNotCommittedIsNotOnRecordEither() {
    minutes(5);
    stage.plan.set(SECOND);
    stage.send(List.of(Seeded.leaf(random)), random);
    stage.kill();
    assertThat(onRecord().changes()).hasSize(1);

    minutes(3);
    assertThat(onRecord().changes()).hasSize(2);
  }

  @Test
  void rulesThatChangedWhileItStoodStillCountAfterTheFirstMinute() {
    stage.plan.set(SECOND);
    minutes(5);
    stage.plan.set(THIRD);
    stage.restart();
    assertThat(onRecord().changes()).extracting(Change::hash).doesNotContain(THIRD.hash());

    minutes(5);
    assertThat(onRecord().changes().getLast().hash()).isEqualTo(THIRD.hash());
  }

  @Test
  void theStoredTextsAreThePlanOfThen() {
    RulesOfMinutes stored = RulesOfMinutes.after(null, 60_000, SECOND);
    RulesOfMinutes read = RulesOfMinutes.of(stored.toBytes());

    assertThat(read).isEqualTo(stored);
    assertThat(stored.plan(THIRD)).isEqualTo(SECOND);
    assertThat(stored.plan(SECOND)).isSameAs(SECOND);
    assertThat(RulesOfMinutes.of(null)).isNull();
  }

  @Test
  void whatIsTooLongOrNotUnderstoodAnyMoreGivesWayToTheNewest() {
    RuleFile wrong = new RuleFile("a.yaml", "wathces: []");
    RulesOfMinutes strange =
        new RulesOfMinutes(List.of(new Change(0, "0123456789ab")), List.of(wrong));
    assertThat(strange.plan(THIRD)).isSameAs(THIRD);

    RulesOfMinutes cut = RulesOfMinutes.after(null, 0, LARGE);
    assertThat(cut.files()).isEmpty();
    assertThat(cut.plan(THIRD)).isSameAs(THIRD);
  }

  /** Their texts are too long to be stored: what counts instead is on record, and once. */
  @Test
  void rulesThatAreLostWhileItStoodStillGiveWayOnRecord() {
    stage.plan.set(LARGE);
    minutes(5);
    stage.plan.set(THIRD);
    stage.restart();
    minutes(3);
    List<Change> changes = onRecord().changes();
    assertThat(changes)
        .extracting(Change::hash)
        .containsExactly(FIRST.hash(), LARGE.hash(), THIRD.hash());
    assertThat(onRecord().files()).isEqualTo(THIRD.files());

    stage.restart();
    minutes(3);
    assertThat(onRecord().changes()).isEqualTo(changes);
  }

  @Test
  void runbooksAreNotStoredThoughTheHashIsOfAll() {
    List<RuleFile> files = new ArrayList<>(SECOND.files());
    files.add(new RuleFile("a.md", "x".repeat(RulesOfMinutes.CHARACTERS_MAX + 1)));
    WatchPlan all = new WatchPlan(SECOND.base(), SECOND.rules(), files, "0123456789ab");

    RulesOfMinutes stored = RulesOfMinutes.after(null, 0, all);

    assertThat(stored.files()).isEqualTo(SECOND.files());
    WatchPlan again = stored.plan(THIRD);
    assertThat(again.hash()).isEqualTo("0123456789ab");
    assertThat(again.rules()).isEqualTo(SECOND.rules());
    assertThat(stored.plan(all)).isSameAs(all);
  }

  @Test
  void onlyTheLatestChangesAreRemembered() {
    RulesOfMinutes rules = RulesOfMinutes.after(null, 0, FIRST);
    for (int i = 1; i <= 2 * RulesOfMinutes.CHANGES_MAX; i++) {
      rules = RulesOfMinutes.after(rules, i, SECOND);
    }
    assertThat(rules.changes()).hasSize(RulesOfMinutes.CHANGES_MAX);
    assertThat(rules.changes().getLast().fromMillis()).isEqualTo(2 * RulesOfMinutes.CHANGES_MAX);
  }
}
