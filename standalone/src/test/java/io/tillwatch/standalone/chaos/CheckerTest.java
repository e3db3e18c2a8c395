package io.tillwatch.standalone.chaos;

import static io.tillwatch.standalone.chaos.WireLog.Verb.ACKNOWLEDGE;
import static io.tillwatch.standalone.chaos.WireLog.Verb.CREATE;
import static io.tillwatch.standalone.chaos.WireLog.Verb.RESOLVE;
import static io.tillwatch.standalone.chaos.WireLog.Verb.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.standalone.chaos.WireLog.Entry;
import io.tillwatch.triage.incident.LogChain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: the checker is green on what is right, and red on each fault that is planted. */
class CheckerTest {

  static {
    TrustedClasses.declare();
  }

  private static final Instant AT = Instant.parse("2026-11-29T03:00:00Z");
  private static final String KEY = "INC-1/1";

  private final List<Action> actions = new ArrayList<>();
  private final List<ActionResult> results = new ArrayList<>();
  private final List<IncidentLogEntry> log = new ArrayList<>(List.of(entry(1, "")));
  private final List<Entry> pager =
      new ArrayList<>(List.of(wire(TRIGGER, KEY), wire(ACKNOWLEDGE, KEY), wire(RESOLVE, KEY)));
  private final List<Entry> tracker = new ArrayList<>(List.of(wire(CREATE, "INC-1")));

  CheckerTest() {
    queue(ActionTarget.PAGER, ActionVerb.TRIGGER);
    queue(ActionTarget.PAGER, ActionVerb.ACKNOWLEDGE);
    queue(ActionTarget.PAGER, ActionVerb.RESOLVE);
    queue(ActionTarget.TICKET, ActionVerb.CREATE);
    log.add(entry(2, log.getFirst().getHash()));
  }

  @Test
  void whatIsRightIsGreen() {
    assertThat(check()).isEmpty();
  }

  @Test
  void aRepeatedTriggerWhileItsAlertIsOpenIsNoSecondPage() {
    pager.add(1, wire(TRIGGER, KEY));
    pager.add(new Entry(0, TRIGGER, "INC-1/1", 503, false));
    pager.removeLast();
    assertThat(check()).isEmpty();
  }

  @Test
  void aPageThatNeverCameIsRed() {
    pager.removeFirst();
    assertThat(check()).contains("pages: INC-1/1 was never paged");
  }

  @Test
  void aPageThatWasRefusedIsNoPage() {
    pager.set(0, new Entry(0, TRIGGER, KEY, 400, false));
    assertThat(check()).contains("pages: INC-1/1 was never paged");
  }

  @Test
  void aTriggerAfterTheResolveIsRedTwice() {
    pager.add(wire(TRIGGER, KEY));
    assertThat(check())
        .contains("pages: INC-1/1 was paged 2 times", "order: TRIGGER of INC-1/1 after RESOLVE");
  }

  @Test
  void anAcknowledgementAfterTheResolveIsRed() {
    pager.add(wire(ACKNOWLEDGE, KEY));
    assertThat(check()).containsExactly("order: ACKNOWLEDGE of INC-1/1 after RESOLVE");
  }

  @Test
  void aPageThatNobodyAskedForIsRed() {
    pager.add(wire(TRIGGER, "INC-1/1/again"));
    assertThat(check()).containsExactly("pages: nobody asked for INC-1/1/again");
  }

  @Test
  void aSecondTicketAndNoTicketAreRed() {
    tracker.add(wire(CREATE, "INC-1"));
    assertThat(check()).containsExactly("tickets: INC-1 has 2");
    tracker.clear();
    tracker.add(wire(CREATE, "without a mark"));
    assertThat(check()).containsExactly("tickets: INC-1 has 0");
  }

  @Test
  void aLostAndARepeatedResultAreRed() {
    ActionResult lost = results.removeLast();
    assertThat(check()).containsExactly("results: %s has none".formatted(lost.getActionId()));
    results.add(lost);
    results.add(lost);
    assertThat(check())
        .containsExactly("results: %s is on record twice".formatted(lost.getActionId()));
  }

  @Test
  void anActionThatIsQueuedTwiceIsRed() {
    actions.add(actions.getFirst());
    assertThat(check())
        .containsExactly("actions: %s is queued twice".formatted(actions.getFirst().getActionId()));
  }

  @Test
  void aChangedOrMissingLogEntryIsRed() {
    IncidentLogEntry second = log.getLast();
    log.set(1, IncidentLogEntry.newBuilder(second).setText("nothing happened").build());
    assertThat(check()).singleElement().asString().startsWith("log: log entry 2");
    log.set(1, second);
    log.removeFirst();
    assertThat(check()).containsExactly("log: begins with entry 2, expected 1");
  }

  private List<String> check() {
    return Checker.check(new OnRecord(actions, results, List.of(), log), pager, tracker);
  }

  private static Entry wire(WireLog.Verb verb, String key) {
    return new Entry(0, verb, key, 202, true);
  }

  private void queue(ActionTarget target, ActionVerb verb) {
    String id = KEY + "/" + target + "/" + verb;
    actions.add(
        Action.newBuilder()
            .setActionId(id)
            .setIncidentId("INC-1")
            .setTenant("default")
            .setEpisode(1)
            .setRevision(1)
            .setTarget(target)
            .setVerb(verb)
            .setDedupKey(KEY)
            .setSeverity(Severity.SEV1)
            .setSummary("down")
            .setCreatedAt(AT)
            .build());
    results.add(
        ActionResult.newBuilder()
            .setActionId(id)
            .setIncidentId("INC-1")
            .setTenant("default")
            .setTarget(target)
            .setVerb(verb)
            .setOutcome(ActionOutcome.DONE)
            .setAttempts(1)
            .setAt(AT)
            .build());
  }

  private static IncidentLogEntry entry(long sequence, String previousHash) {
    IncidentLogEntry entry =
        IncidentLogEntry.newBuilder()
            .setIncidentId("INC-1")
            .setTenant("default")
            .setSequence(sequence)
            .setAt(AT)
            .setEvent(IncidentEvent.OPENED)
            .setRevision(1)
            .setText("down")
            .setPreviousHash(previousHash)
            .setHash("")
            .build();
    return IncidentLogEntry.newBuilder(entry).setHash(LogChain.hash(entry)).build();
  }
}
