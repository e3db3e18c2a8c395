package io.tillwatch.triage.slack;

import static io.tillwatch.schemas.incident.ActionTarget.CHAT;
import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static io.tillwatch.schemas.incident.ActionVerb.CREATE;
import static io.tillwatch.schemas.incident.ActionVerb.RESOLVE;
import static io.tillwatch.schemas.incident.ActionVerb.TRIGGER;
import static io.tillwatch.schemas.incident.ActionVerb.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.act.NotifierContract;
import io.tillwatch.triage.act.Reach;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTest extends NotifierContract {

  private static final String CHANNEL = "C0123ABCD";
  private static final String FIRST = CHANNEL + ":1794970990.000001";

  private final FakeSlack fake = new FakeSlack();
  private final StubServer server = StubServer.start(fake::handle);
  private final Slack slack =
      Slack.open(settings(new DoorSettings(server.url(), null, Duration.ofSeconds(5))));

  static SlackSettings settings(DoorSettings door) {
    return new SlackSettings(
        door, Secret.of(FakeSlack.TOKEN), CHANNEL, Map.of("issuers", "C0ISSUERS"));
  }

  @AfterEach
  void close() {
    slack.close();
    server.close();
  }

  @Override
  protected Notifier notifier() {
    return slack;
  }

  @Override
  protected ActionTarget target() {
    return CHAT;
  }

  @Override
  protected ActionVerb opening() {
    return CREATE;
  }

  @Override
  protected List<ActionVerb> effects() {
    return fake.messages.values().stream().map(message -> CREATE).toList();
  }

  @Override
  protected String shown() {
    return fake.messages.values().stream().map(Object::toString).collect(Collectors.joining());
  }

  @Test
  void anEpisodeIsOneMessageItsNewsAreItsThreadAndItSaysHowItStands() {
    Delivery told = deliver(action(CREATE), null);
    assertThat(told).isEqualTo(new Delivery.Done(FIRST, "posted"));
    assertThat(deliver(action(UPDATE).setActionId("u1").setSummary("it spreads"), FIRST))
        .isEqualTo(new Delivery.Done(FIRST, "posted"));
    assertThat(deliver(action(RESOLVE).setSummary("it is over"), FIRST))
        .isEqualTo(new Delivery.Done(FIRST, "posted"));
    assertThat(texts())
        .containsExactly(
            ":white_check_mark: it is over",
            "1794970990.000001 < :red_circle: it spreads",
            "1794970990.000001 < :white_check_mark: it is over");
  }

  @Test
  void theMessageIsBlocksWithWhatOneNeedsAndWhereToLook() {
    deliver(
        action(CREATE)
            .setDetails(Map.of("where", "northpay · eu-west", "hypothesis", "a < b & c"))
            .setLinks(
                Map.of("tillwatch", "http://localhost/?a=1&b=2", "wrong", "javascript:alert(1)")),
        null);
    assertThat(fake.messages.get("1794970990.000001").path("blocks"))
        .isEqualTo(
            FakeSlack.read(
                """
                [
                  {"type": "section", "text": {"type": "mrkdwn", "verbatim": true,
                    "text": ":red_circle: northpay eu-west: approvals down"}},
                  {"type": "section", "fields": [
                    {"type": "mrkdwn", "verbatim": true, "text": "*where*\\nnorthpay · eu-west"},
                    {"type": "mrkdwn", "verbatim": true,
                      "text": "*hypothesis*\\na &lt; b &amp; c"}]},
                  {"type": "context", "elements": [{"type": "mrkdwn", "verbatim": true,
                    "text": "<http://localhost/?a=1&amp;b=2|tillwatch>"}]}
                ]
                """));
  }

  @Test
  void nobodyIsMentionedByATextOfOthers() {
    deliver(action(CREATE).setSummary("<!channel> <@U123> <http://x|y>"), null);
    assertThat(texts())
        .containsExactly(":red_circle: &lt;!channel&gt; &lt;@U123&gt; &lt;http://x|y&gt;");
  }

  /** The answer was lost: the message must be found and not said twice. */
  @Test
  void anAmbiguousPostIsFoundByItsMetadata() {
    for (String name : new String[] {null, FIRST}) {
      Action.Builder said = name == null ? action(CREATE) : action(UPDATE);
      int before = fake.messages.size();
      server.then(nothingThere()).then(new Act.ResetAfter());
      assertThat(deliver(said, name)).isInstanceOf(Delivery.Retry.class);
      assertThat(fake.messages).hasSize(before + 1);
      assertThat(deliver(said, name)).isEqualTo(new Delivery.Done(FIRST, "posted before"));
      assertThat(fake.messages).hasSize(before + 1);
    }
  }

  private static Act nothingThere() {
    return Act.json(200, "{\"ok\":true,\"messages\":[]}");
  }

  @Test
  void aMessageWhoseNameIsNotKnownIsTakenUpAgain() {
    deliver(action(CREATE), null);
    assertThat(deliver(action(RESOLVE).setSummary("over"), null))
        .isEqualTo(new Delivery.Done(FIRST, "posted"));
    assertThat(texts()).first().isEqualTo(":white_check_mark: over");
    assertThat(fake.messages).hasSize(2);
  }

  /** The console stood here before and named it after itself. */
  @Test
  void aNameThatIsNotSlacksIsNoMessage() {
    assertThat(deliver(action(UPDATE), "console:INC-A/1"))
        .isEqualTo(new Delivery.Done(FIRST, "posted"));
    assertThat(fake.searches).singleElement().asString().contains("channel=" + CHANNEL + "&");
  }

  /** Its own message was refused, so that the name known is that of the episode before. */
  @Test
  void newsOfTheNextEpisodeAreNotSaidInTheThreadOfTheLast() {
    deliver(action(CREATE), null);
    Action.Builder news =
        action(UPDATE).setActionId("2").setDedupKey("INC-A/2").setEpisode(2).setSummary("again");
    assertThat(deliver(news, FIRST)).isNotEqualTo(new Delivery.Done(FIRST, "posted"));
    assertThat(texts())
        .containsExactly(":red_circle: northpay eu-west: approvals down", ":red_circle: again");
  }

  @Test
  void aSearchGoesBackNoFurtherThanTheAction() {
    deliver(action(CREATE), null);
    long oldest = action(CREATE).build().getCreatedAt().getEpochSecond() - 300;
    assertThat(fake.searches).singleElement().asString().endsWith("&oldest=" + oldest + ".000000");
  }

  @Test
  void aHistoryThatIsTooLongOrUnreadableIsNoReasonToSayNothing() {
    server.then(Act.json(200, "{\"ok\":true,\"messages\":[\"" + "x".repeat(1_100_000) + "\"]}"));
    assertThat(deliver(action(CREATE), null)).isEqualTo(new Delivery.Done(FIRST, "posted"));
  }

  @Test
  void aMessageThatSomebodyDeletedIsPostedAgain() {
    deliver(action(CREATE), null);
    fake.messages.clear();
    assertThat(deliver(action(UPDATE), FIRST)).isInstanceOf(Delivery.Done.class);
    assertThat(fake.messages).hasSize(1);
  }

  @Test
  void aMessageThatCannotBeEditedAnyMoreStillHasItsThread() {
    deliver(action(CREATE), null);
    fake.errors.put("chat.update", "edit_window_closed");
    assertThat(deliver(action(UPDATE), FIRST)).isInstanceOf(Delivery.Done.class);
    assertThat(fake.messages).hasSize(2);
  }

  @Test
  void aChannelThatMayNotBeReadIsStillTold() {
    fake.errors.put("conversations.history", "missing_scope");
    assertThat(deliver(action(CREATE), null)).isInstanceOf(Delivery.Done.class);
    assertThat(fake.messages).hasSize(1);
  }

  @Test
  void theNextEpisodeIsAMessageOfItsOwn() {
    deliver(action(CREATE), null);
    deliver(action(CREATE).setActionId("2").setDedupKey("INC-A/2").setEpisode(2), FIRST);
    assertThat(fake.messages).hasSize(2);
    assertThat(fake.messages.values()).allMatch(message -> !message.has("thread_ts"));
  }

  @Test
  void whatThePagerDidNotTakeIsAMessageOfItsOwn() {
    Action.Builder notice =
        Samples.action("INC-A", PAGER, TRIGGER)
            .setActionId("INC-A/1/pager/trigger/second-channel")
            .setRoute("a-route-of-the-pager")
            .setSummary("pager not reached (3 tries, 503): northpay is down");
    assertThat(deliver(notice, null)).isInstanceOf(Delivery.Done.class);
    assertThat(deliver(notice, null)).isInstanceOf(Delivery.Done.class);
    assertThat(texts())
        .containsExactly(":rotating_light: pager not reached (3 tries, 503): northpay is down");
  }

  @ParameterizedTest
  @CsvSource({
    "internal_error, RETRY",
    "ratelimited, RETRY",
    "invalid_auth, RETRY",
    "token_revoked, RETRY",
    "not_in_channel, RETRY",
    "channel_not_found, RETRY",
    "of_next_year, RETRY",
    "invalid_blocks, REFUSED",
    "msg_too_long, REFUSED",
    "metadata_too_large, REFUSED"
  })
  void anErrorWithinATwoHundredIsJudgedByItsName(String error, String fate) {
    fake.errors.put("chat.postMessage", error);
    Delivery delivery = deliver(action(CREATE), null);
    assertThat(delivery.getClass().getSimpleName()).isEqualToIgnoringCase(fate);
    assertThat(delivery.detail()).contains(error);
  }

  @Test
  void aChannelGetsAFewAtOnceAndThenOneASecond() {
    int held = 0;
    for (int i = 0; i < 5; i++) {
      held +=
          deliver(action(CREATE).setDedupKey("INC/" + i).setActionId("a" + i), null)
                  instanceof Delivery.Held
              ? 1
              : 0;
    }
    assertThat(held).isBetween(1, 2);
    assertThat(deliver(action(CREATE).setRoute("issuers").setDedupKey("INC/9"), null))
        .isInstanceOf(Delivery.Done.class);
  }

  @Test
  void textsAreCutWithinSlacksLimitsAndNoEntityInHalf() {
    Map<String, String> details = new HashMap<>();
    for (String name : List.of("class", "owner", "state", "where", "started", "next", "check")) {
      details.put(name, "<&>".repeat(5_000));
    }
    assertThat(deliver(action(CREATE).setSummary("&".repeat(20_000)).setDetails(details), null))
        .isInstanceOf(Delivery.Done.class);
    assertThat(SlackMessage.escaped("<".repeat(1_000), 100))
        .hasSizeBetween(80, 100)
        .matches("(&lt;)*…?");
    assertThat(SlackMessage.escaped("plain", 100)).isEqualTo("plain");
  }

  @Test
  void itsCheckAsksWhetherTheTokenIsTaken() {
    assertThat(slack.check()).isEqualTo(Reach.FINE);
    fake.errors.put("auth.test", "token_revoked");
    assertThat(slack.check())
        .isEqualTo(new Reach(false, "HTTP 200: {\"ok\":false,\"error\":\"token_revoked\"}"));
  }

  private Delivery deliver(Action.Builder action, String externalId) {
    return slack.deliver(new Errand(action.build(), externalId));
  }

  private static Action.Builder action(ActionVerb verb) {
    return Samples.action("INC-A", CHAT, verb);
  }

  private List<String> texts() {
    return fake.messages.values().stream()
        .map(message -> {
          String thread = message.path("thread_ts").asText("");
          return (thread.isEmpty() ? "" : thread + " < ") + message.path("text").asText();
        })
        .toList();
  }
}
