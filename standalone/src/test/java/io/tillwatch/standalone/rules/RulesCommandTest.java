package io.tillwatch.standalone.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.standalone.Tillwatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

  private static final String SITE =
      """
      watches:
        - name: auth-success-rate
          kind: auth
          kpi: success_rate
          false-alarm-every: 36h
          failures-min: 20
        - name: northpay
          kind: auth
          kpi: success_rate
          where: {psp: northpay}
          failures-min: 20
          page-evidence: 2
        - name: northpay-promise
          kind: webhook
          kpi: webhook_lag
          where: {psp: northpay}
          each: region
          failures-min: 0
          objective: {at-least: 0.95, within: 60s, over: 30m, events-min: 200}
      routing:
        default: {pager: payments}
        routes: [{name: north, match: {psp: northpay}, to: {chat: north, ticket: N}}]
      silences:
        - name: quiet
          match: {psp: a, kind: webhook}
          author: ada
          reason: moves
          from: 2026-12-01T02:00:00Z
          until: 2026-12-01T04:00:00Z
          up-to: sev2
      paging: {notify-from: sev2, page-from: sev1, page-evidence: 1.5}
      maintenance:
        - {name: batch, slice: {psp: a, region: b}, days: [sat, sun], at: 02:30, for: 90m}
        - {name: release, slice: {}, from: 2026-12-01T02:00:00Z, until: 2026-12-01T04:00:00Z}
      holidays:
        - {name: new-year, dates: 2027-01-01, zone: Europe/Zurich}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void whatIsShippedIsRight() {
    assertThat(run("check")).isZero();
    assertThat(out.toString())
        .startsWith("nothing is wrong: 17 watches, ")
        .contains(" 0 planned, 0 holidays, 0 routes, 0 silences, 2 inhibitions");
  }

  @Test
  void aFolderIsReadWhole() throws IOException {
    Files.writeString(folder.resolve("site.yaml"), SITE);
    Files.writeString(folder.resolve("notes.txt"), "not rules");
    Files.writeString(folder.resolve("site.test.yaml"), "tests: []");

    assertThat(run("check", folder.toString())).isZero();
    assertThat(out.toString()).contains("2 planned, 1 holidays");
  }

  @Test
  void everyMistakeOfEveryFileIsTold() throws IOException {
    Path first = Files.writeString(folder.resolve("a.yaml"), "paging: {notify-from: sev9}");
    Path second = Files.writeString(folder.resolve("b.yaml"), "wathces: []");

    assertThat(run("check", first.toString(), second.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .contains("4 problems")
        .anyMatch(line -> line.startsWith(first + ":1:23: found 'sev9', expected one of sev1"))
        .anyMatch(line -> line.startsWith(second + ":1:1: found 'wathces', expected one of"));
  }

  @Test
  void whatIsNotThereIsWrongUsage() {
    assertThat(run("check", folder.resolve("none.yaml").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none.yaml: no such file or folder");
  }

  @Test
  void explainTellsWhatIsWatchedAndWhenItPages() throws IOException {
    Path site = Files.writeString(folder.resolve("site.yaml"), SITE);

    assertThat(run("explain", site.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("auth-success-rate +everywhere +36h +20 +what is lost +sev1 +from sev1")
        .containsPattern("auth-latency +everywhere .+ +sev3 +never: sev3 at worst")
        .containsPattern("northpay +psp=northpay +as everywhere .+ from sev1, 2 times sure")
        .containsPattern("northpay-promise +psp=northpay +objective .+ from sev1")
        .contains(
            "objective northpay-promise: webhook_lag of webhook, at least 95 % within 1m over 30m,"
                + " from 200 events, each region")
        .containsPattern("auth-reason-mix +everywhere +7d +30 +traffic affected +sev3 +never")
        .contains("sev1 from 200 lost a minute, or 25 % of all traffic of its kind, or a minute's")
        .contains("EUR 20,000.00")
        .contains(
            "hear of sev2 and worse; somebody is woken from sev1 on, when the evidence is 1.5")
        .contains("told at pager payments unless a route says otherwise")
        .contains("route north: psp=northpay to ticket N, chat north")
        .contains(
            "silence quiet: kind=webhook psp=a up to sev2 is not told from 2026-12-01T02:00:00Z"
                + " until 2026-12-01T04:00:00Z, ada wants it: moves")
        .contains(
            "inhibition psp-outage-explains-what-follows: kind=capture|webhook is not told while"
                + " class=psp_outage is at the same psp: the PSP is down")
        .contains(
            "inhibition parent-explains-child: everything is not told while everything is at the"
                + " same kind and holds it: ")
        .contains("work planned: batch, psp=a region=b, sat, sun at 02:30 for 90m, Z")
        .contains("work planned: release, everywhere, from 2026-12-01T02:00:00Z until 2026-12-01T")
        .contains("holiday: new-year, everywhere, on 2027-01-01, Europe/Zurich");
  }

  @Test
  void rulesThatCannotBeUsedAreNotExplained() throws IOException {
    Path site = Files.writeString(folder.resolve("site.yaml"), "watches: 3");

    assertThat(run("explain", site.toString())).isEqualTo(1);
    assertThat(out.toString()).startsWith(site + ":1:10: found ");
  }

  @Test
  void theSchemaIsPrintedAsItIs() {
    assertThat(run("schema")).isZero();
    assertThat(out.toString()).isEqualTo(RuleBook.jsonSchema()).startsWith("{");
  }

  @Test
  void rulesAloneIsWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString())
        .contains("say what to do with rules: check, test, explain, schema, publish or withdraw");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rules"));
    all.addAll(List.of(arguments));
    return Tillwatch.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
