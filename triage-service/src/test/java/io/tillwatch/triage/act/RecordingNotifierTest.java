package io.tillwatch.triage.act;

import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordingNotifierTest extends NotifierContract {

  private final StringBuilder shown = new StringBuilder();
  private final RecordingNotifier twin = new RecordingNotifier(shown::append);

  @Override
  protected Notifier notifier() {
    return twin;
  }

  @Override
  protected List<ActionVerb> effects() {
    return twin.effects().stream().map(Action::getVerb).toList();
  }

  @Override
  protected String shown() {
    return shown.toString();
  }

  @Override
  protected Set<ActionTarget> targets() {
    return EnumSet.allOf(ActionTarget.class);
  }

  @Test
  void theNextEpisodePagesAgain() {
    twin.deliver(Errand.of(Samples.action("INC-A", PAGER, ActionVerb.TRIGGER).build()));
    twin.deliver(Errand.of(Samples.action("INC-A", PAGER, ActionVerb.RESOLVE).build()));
    twin.deliver(
        Errand.of(
            Samples.action("INC-A", PAGER, ActionVerb.TRIGGER)
                .setActionId("second episode")
                .setDedupKey("INC-A/2")
                .build()));
    assertThat(effects())
        .containsExactly(ActionVerb.TRIGGER, ActionVerb.RESOLVE, ActionVerb.TRIGGER);
  }

  @Test
  void aPageIsABlockThatCanBeReadAtThreeInTheMorning() {
    twin.deliver(Errand.of(Samples.action("INC-3F9A12C4", PAGER, ActionVerb.TRIGGER).build()));
    assertThat(shown())
        .isEqualTo(
            """
            ┌─ PAGE · SEV1 · INC-3F9A12C4 · 2026-11-18T03:03:10Z
            │  northpay eu-west: approvals down
            │  since              2026-11-18T03:02:00Z
            │  tillwatch          http://localhost/?incident=INC-3F9A12C4
            └─
            """);
  }

  @Test
  void everythingElseIsOneLine() {
    twin.deliver(Errand.of(Samples.action("INC-3F9A12C4", PAGER, ActionVerb.RESOLVE).build()));
    twin.deliver(Errand.of(Samples.action("INC-3F9A12C4", TICKET, ActionVerb.COMMENT).build()));
    assertThat(shown())
        .isEqualTo(
            """
            ── pager resolve · SEV1 · INC-3F9A12C4 · northpay eu-west: approvals down
            ── ticket comment · SEV1 · INC-3F9A12C4 · northpay eu-west: approvals down
            """);
  }

  @Test
  void itRemembersTheLatestEffectsOnly() {
    for (int i = 0; i <= RecordingNotifier.LIMIT; i++) {
      twin.deliver(Errand.of(Samples.action("INC-" + i, PAGER, ActionVerb.TRIGGER).build()));
    }
    assertThat(twin.effects()).hasSize(RecordingNotifier.LIMIT);
    assertThat(twin.effects().getFirst().getIncidentId()).isEqualTo("INC-1");
  }
}
