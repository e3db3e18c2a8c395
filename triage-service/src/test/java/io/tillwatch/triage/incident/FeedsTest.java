package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.link.Links;
import io.tillwatch.triage.phrase.Phrases;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedsTest {

  private static final Burst OUTAGE =
      Bursting.outage("burst-A", EventKind.AUTH, Map.of("psp", "northpay", "region", "eu-west"))
          .build();

  @Test
  void aProgramIsToldOfEachChangeOnceAndOfTheEnd() {
    assertThat(told(Set.of(ActionTarget.WEBHOOK, ActionTarget.ALERTMANAGER)))
        .containsExactly(
            "webhook create",
            "alertmanager create",
            "webhook update",
            "alertmanager update",
            "webhook resolve",
            "alertmanager resolve");
  }

  @Test
  void withoutAProgramThereAreNoRecordsOfOne() {
    assertThat(told(Set.of())).isEmpty();
  }

  @Test
  void whatAProgramIsNotToldWhileItIsHeldBackIsCounted(@TempDir Path folder) throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("site.yaml"),
            """
            silences:
              - name: migration
                match: {psp: northpay}
                author: ada
                reason: moves
                from: 2026-11-01T00:00:00Z
                until: 2026-12-01T00:00:00Z
            """);
    Set<ActionTarget> feeds = Set.of(ActionTarget.WEBHOOK, ActionTarget.ALERTMANAGER);
    Input seen = new Input.BurstSeen(OUTAGE);
    Instant now = Bursting.ONSET.plus(Duration.ofMinutes(2));
    Decision opened =
        desk(RuleBook.load(List.of(rules)), feeds).decide(DeskState.empty("acme"), seen, now);

    assertThat(opened.actions()).isEmpty();
    assertThat(opened.incidents().getFirst().getSuppressions().getFirst().getSwallowed())
        .as("page, ticket, chat and two programs")
        .isEqualTo(5);
    assertThat(opened.log())
        .map(IncidentLogEntry::getText)
        .contains("not sent: page, ticket, chat, webhook, alertmanager (silence migration)");
  }

  private static IncidentDesk desk(RuleBook rules, Set<ActionTarget> feeds) {
    Links links = new Links(LinkSettings.local(URI.create("http://localhost:8080")));
    return new IncidentDesk(rules, links, feeds);
  }

  private static List<String> told(Set<ActionTarget> feeds) {
    IncidentDesk desk = desk(RuleBook.defaults(), feeds);
    List<Action> actions = new ArrayList<>();
    DeskState state = DeskState.empty("acme");
    Instant now = Bursting.ONSET.plus(Duration.ofMinutes(2));
    String incidentId = "";
    for (int step = 0; step < 4; step++) {
      Input input =
          switch (step) {
            case 0 -> new Input.BurstSeen(OUTAGE);
            case 1 -> new Input.BurstSeen(OUTAGE);
            case 2 ->
                new Input.BurstSeen(
                    Burst.newBuilder(OUTAGE)
                        .setRevision(OUTAGE.getRevision() + 1)
                        .setState(BurstState.RECOVERING)
                        .setUpdatedAt(now.plus(Duration.ofMinutes(step)))
                        .build());
            default -> new Input.CommandGiven(resolve(incidentId, now));
          };
      Decision decision = desk.decide(state, input, now.plus(Duration.ofMinutes(step)));
      state = decision.next();
      actions.addAll(decision.actions());
      incidentId = state.cases().keySet().iterator().next();
    }
    return actions.stream()
        .filter(action ->
            Set.of(ActionTarget.WEBHOOK, ActionTarget.ALERTMANAGER).contains(action.getTarget()))
        .map(action -> Phrases.label(action.getTarget()) + " " + Phrases.label(action.getVerb()))
        .toList();
  }

  private static Command resolve(String incidentId, Instant at) {
    return Command.newBuilder()
        .setCommandId("c1")
        .setTenant(OUTAGE.getTenant())
        .setIncidentId(incidentId)
        .setVerb(CommandVerb.RESOLVE)
        .setAuthor("ada")
        .setReason("done")
        .setBurstIds(List.of())
        .setAt(at)
        .build();
  }
}
