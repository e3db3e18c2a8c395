package io.tillwatch.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBookTest {

  private static final String ODD_OBJECTIVES =
      """
      watches:
        - name: auth-volume
          kind: auth
          kpi: volume
          failures-min: 0
          objective: {at-least: 0.9, over: 90s, events-min: 200}
        - name: capture-latency
          kind: capture
          kpi: latency
          where: {scheme: visa}
          each: [binRange, psp]
          failures-min: 0
          objective: {at-most: 0.1, over: 1d, events-min: 0}
        - name: odd
          kind: webhook
          kpi: success_rate
          failures-min: 0
          objective: {at-least: 0.9, within: 5s, over: 5m, events-min: 1}
        - name: mix
          kind: auth
          kpi: reason_mix
          failures-min: 0
          objective: {at-most: 0.1, reason: [unknown, timeout], over: 5m, events-min: 1}
      """;

  @TempDir private Path folder;

  @Test
  void whatIsShippedIsValidAndComplete() {
    RuleBook book = RuleBook.defaults();

    assertThat(book.playbooks().byCause()).containsOnlyKeys(Cause.values());
    assertThat(book.runbooks()).hasSize(Cause.values().length);
    assertThat(book.playbooks().byCause().values())
        .allSatisfy(playbook -> {
          assertThat(book.runbooks()).containsKey(playbook.runbook());
          assertThat(book.runbooks().get(playbook.runbook()).cause()).isEqualTo(playbook.cause());
          assertThat(book.runbooks().get(playbook.runbook()).owner()).isEqualTo(playbook.owner());
        });
    assertThat(book.watch(Kind.AUTH, Kpi.SUCCESS_RATE)).isPresent();
  }

  @Test
  void aSiteReplacesOnlyWhatItNames() {
    RuleBook shipped = RuleBook.defaults();

    RuleBook book =
        RuleBook.load(
            List.of(
                file(
                    "site.yaml",
                    """
                    watches:
                      - name: auth-success-rate
                        kind: auth
                        kpi: success_rate
                        false-alarm-every: 30d
                        failures-min: 20
                    recovery:
                      quiet-for: 10m
                      reopen-within: 1h
                      forget-after: 12h
                    """)));

    assertThat(book.watches().get("auth-success-rate").falseAlarmEvery())
        .isEqualTo(Duration.ofDays(30));
    assertThat(book.recovery().quietFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(book.watches()).hasSameSizeAs(shipped.watches());
    assertThat(book.severity()).isEqualTo(shipped.severity());
    assertThat(book.playbooks()).isEqualTo(shipped.playbooks());
  }

  @Test
  void aSiteBringsItsOwnRunbookForItsOwnPlaybook() {
    Path playbooks =
        file(
            "playbooks.yaml",
            """
            playbooks:
              - class: psp_latency
                owner: psp
                requires: [{fixed: psp}]
                signs: [{latency: up, weight: 2}]
                statement: "{psp} is slow at {where}."
                check: p95
                next: wait
                runbook: slow-psp
            """);

    assertThatThrownBy(() -> RuleBook.load(List.of(playbooks)))
        .isInstanceOf(InvalidRules.class)
        .hasMessage(
            playbooks
                + ":9:14: found 'slow-psp', expected a runbook that exists, or a file"
                + " slow-psp.md beside the rules");
    List<RuleFile> rulesAlone = RuleFile.readAll(List.of(playbooks));
    assertThat(RuleBook.ofRulesAlone(rulesAlone).playbooks())
        .isNotEqualTo(RuleBook.defaults().playbooks());

    Path runbook =
        file(
            "slow-psp.md",
            """
            ---
            title: Slow
            class: psp_latency
            owner: psp
            ---
            ## Looks like
            ## Confirm
            ## First moves
            ## Call
            ## Stop when
            """);
    assertThat(RuleBook.load(List.of(playbooks, runbook)).runbooks()).containsKey("slow-psp");
  }

  @Test
  void allProblemsOfAllFilesAreToldAtOnceWithTheirPlace() {
    Path first =
        file(
            "a.yaml",
            """
            watches:
              - name: x
                kind: payments
                kpi: success_rate
                false-alarm-every: soon
                failures-min: -1
                colour: red
            """);
    Path second =
        file(
            "b.yaml",
            """
            watches:
              - {name: x, kind: auth, kpi: volume, false-alarm-every: 1d, failures-min: 1}
            recovery:
              quiet-for: 5m
            """);

    assertThatThrownBy(() -> RuleBook.load(List.of(first, second)))
        .isInstanceOfSatisfying(
            InvalidRules.class,
            invalid ->
                assertThat(invalid.problems())
                    .map(Object::toString)
                    .map(text -> text.replace(folder + "/", ""))
                    .containsExactly(
                        "a.yaml:3:11: found 'payments', expected one of auth, capture, refund,"
                            + " webhook, settlement, dispute",
                        "a.yaml:5:24: found 'soon', expected a duration such as 90s, 10m, 2h or"
                            + " 7d, from 1h to 365d",
                        "a.yaml:6:19: found '-1', expected a number from 0 to 1000000",
                        "a.yaml:7:5: found 'colour', expected one of each, failures-min,"
                            + " false-alarm-every, impact, kind, kpi, name, objective,"
                            + " page-evidence, pages, where, worst",
                        "b.yaml:2:5: found watch x again, expected one; it is at a.yaml:2:5",
                        "b.yaml:4:3: found no 'reopen-within', expected a duration such as 90s,"
                            + " 10m, 2h or 7d",
                        "b.yaml:4:3: found no 'forget-after', expected a duration such as 90s,"
                            + " 10m, 2h or 7d"));
  }

  @Test
  void whatAnObjectiveCannotSayIsToldWithItsPlace() {
    Path wrong = file("o.yaml", ODD_OBJECTIVES);

    assertThatThrownBy(() -> RuleBook.load(List.of(wrong)))
        .isInstanceOfSatisfying(
            InvalidRules.class,
            invalid ->
                assertThat(invalid.problems())
                    .map(Object::toString)
                    .map(text -> text.replace(folder + "/", ""))
                    .containsExactlyInAnyOrder(
                        "o.yaml:6:16: found one of volume of auth, expected no objective: volume is"
                            + " judged against what is usual alone",
                        "o.yaml:6:38: found '90s', expected whole minutes",
                        "o.yaml:2:11: found 'auth-volume' without false-alarm-every, expected"
                            + " another name: what the detector finds is called so",
                        "o.yaml:10:12: found scheme, expected method, psp, region alone, by which"
                            + " latency is counted",
                        "o.yaml:11:11: found binRange, expected method, psp, region alone, by which"
                            + " latency is counted",
                        "o.yaml:13:16: found no 'at-least', expected a number from 1.0E-5 to"
                            + " 0.99999",
                        "o.yaml:13:16: found no 'within', expected a duration such as 90s, 10m, 2h"
                            + " or 7d",
                        "o.yaml:13:37: found '1d', expected a duration such as 90s, 10m, 2h or 7d,"
                            + " from 1m to 3h",
                        "o.yaml:13:53: found '0', expected a number from 1 to 1000000000",
                        "o.yaml:13:17: found 'at-most', expected one of at-least, events-min,"
                            + " false-alarm-every, over, within",
                        "o.yaml:7:11: found 'capture-latency' without false-alarm-every, expected"
                            + " another name: what the detector finds is called so",
                        "o.yaml:18:16: found one of success_rate of webhook, expected auth or"
                            + " refund",
                        "o.yaml:18:32: found 'within', expected one of at-least, events-min,"
                            + " false-alarm-every, over",
                        "o.yaml:23:39: found 2 reasons, expected one; another watch for each"));
  }

  @Test
  void aMildStepMustBeMilder() {
    Path steps =
        file(
            "s.yaml",
            """
            severity:
              share-counts-from-lost-per-minute: 1
              steps:
                - level: sev1
                  lost-per-minute: 10
                  share-lost: 0.1
                  amount-per-minute-minor: {EUR: 100}
                - level: sev2
                  lost-per-minute: 20
                  share-lost: 0.05
                  amount-per-minute-minor: {eur: 50}
            """);

    assertThatThrownBy(() -> RuleBook.load(List.of(steps)))
        .isInstanceOf(InvalidRules.class)
        .hasMessageContaining("found 20.0, expected less than 10.0")
        .hasMessageContaining("found 'eur', expected an ISO 4217 code such as EUR")
        .hasMessageContaining("found EUR null, expected EUR less than 100");
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
