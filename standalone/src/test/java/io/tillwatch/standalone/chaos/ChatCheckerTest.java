package io.tillwatch.standalone.chaos;

import static io.tillwatch.standalone.chaos.WireLog.Verb.COMMENT;
import static io.tillwatch.standalone.chaos.WireLog.Verb.CREATE;
import static io.tillwatch.standalone.chaos.WireLog.Verb.EDIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.standalone.chaos.ChatStub.Message;
import io.tillwatch.standalone.chaos.WireLog.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: the checker is green on what is right, and red on each fault that is planted. */
class ChatCheckerTest {

  static {
    TrustedClasses.declare();
  }

  private static final Instant AT = Instant.parse("2026-11-29T03:00:00Z");

  private final List<Action> actions = new ArrayList<>();
  private final List<ActionResult> results = new ArrayList<>();
  private final List<Message> channel =
      new ArrayList<>(
          List.of(
              new Message("1", "", "said", "over", "INC-1/1"),
              new Message("2", "1", "news", "news", ""),
              new Message("3", "1", "over", "over", "")));
  private final List<Entry> wire =
      new ArrayList<>(
          List.of(
              entry(CREATE, "said"),
              entry(COMMENT, "news"),
              entry(EDIT, "news"),
              entry(COMMENT, "over"),
              entry(EDIT, "over")));

  ChatCheckerTest() {
    queue("page", ActionTarget.PAGER, ActionVerb.TRIGGER);
    queue("said", ActionTarget.CHAT, ActionVerb.CREATE);
    queue("news", ActionTarget.CHAT, ActionVerb.UPDATE);
    queue("over", ActionTarget.CHAT, ActionVerb.RESOLVE);
  }

  @Test
  void whatIsRightIsGreen() {
    channel.add(new Message("4", "", "page/second-channel", "page/second-channel", ""));
    wire.add(3, entry(EDIT, "news"));
    assertThat(check()).isEmpty();
  }

  @Test
  void aSecondMessageOfAnEpisodeIsRed() {
    channel.add(new Message("4", "", "said", "over", "INC-1/1"));
    assertThat(check())
        .containsExactly("chat: said was said 2 times", "chat: INC-1/1 has 2 messages");
  }

  @Test
  void aReplyThatIsMissingIsRed() {
    channel.remove(1);
    assertThat(check()).containsExactly("chat: news was never said");
  }

  @Test
  void aReplyThatIsGivenUpIsRed() {
    results.set(2, result("news", ActionTarget.CHAT, ActionOutcome.FAILED));
    assertThat(check()).containsExactly("chat: news is FAILED");
  }

  @Test
  void aNoticeThatIsSaidTwiceIsRed() {
    for (String ts : List.of("4", "5")) {
      channel.add(new Message(ts, "", "page/second-channel", "page/second-channel", ""));
    }
    assertThat(check()).containsExactly("chat: page/second-channel was said 2 times");
  }

  @Test
  void whatNobodyAskedForIsRed() {
    channel.add(new Message("4", "", "page", "page", ""));
    channel.add(new Message("5", "", "said/second-channel", "said/second-channel", ""));
    assertThat(check())
        .containsExactlyInAnyOrder(
            "chat: nobody asked for 'page'", "chat: nobody asked for 'said/second-channel'");
  }

  @Test
  void aReplyInAThreadThatIsNotItsEpisodesIsRed() {
    channel.set(2, new Message("3", "2", "over", "over", ""));
    assertThat(check()).containsExactly("chat: over is in another thread");
  }

  @Test
  void newsAfterTheEndAreRed() {
    wire.set(1, entry(COMMENT, "over"));
    wire.set(3, entry(COMMENT, "news"));
    assertThat(check()).containsExactly("chat: COMMENT news after over");
  }

  @Test
  void aMessageThatDoesNotShowTheEndIsRed() {
    channel.set(0, new Message("1", "", "said", "news", "INC-1/1"));
    assertThat(check()).containsExactly("chat: the message of INC-1/1 shows news, expected over");
  }

  private List<String> check() {
    return ChatChecker.check(new OnRecord(actions, results, List.of(), List.of()), channel, wire);
  }

  private static Entry entry(WireLog.Verb verb, String action) {
    return new Entry(0, verb, action, 200, true);
  }

  private void queue(String id, ActionTarget target, ActionVerb verb) {
    actions.add(
        Action.newBuilder()
            .setActionId(id)
            .setIncidentId("INC-1")
            .setTenant("default")
            .setEpisode(1)
            .setRevision(1)
            .setTarget(target)
            .setVerb(verb)
            .setDedupKey("INC-1/1")
            .setSeverity(Severity.SEV1)
            .setSummary("down")
            .setCreatedAt(AT)
            .build());
    results.add(result(id, target, ActionOutcome.DONE));
  }

  private static ActionResult result(String id, ActionTarget target, ActionOutcome outcome) {
    return ActionResult.newBuilder()
        .setActionId(id)
        .setIncidentId("INC-1")
        .setTenant("default")
        .setTarget(target)
        .setVerb(ActionVerb.CREATE)
        .setOutcome(outcome)
        .setAttempts(1)
        .setAt(AT)
        .build();
  }
}
