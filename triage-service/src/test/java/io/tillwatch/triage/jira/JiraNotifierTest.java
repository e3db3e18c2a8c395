package io.tillwatch.triage.jira;

import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.jira.JiraWorld.Fault;
import io.tillwatch.triage.jira.JiraWorld.Request;
import io.tillwatch.triage.jira.JiraWorld.Stored;
import io.tillwatch.triage.outside.DoorSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JiraNotifierTest {

  private static final DoorSettings DOOR =
      new DoorSettings(URI.create("https://jira.example"), null, Duration.ofSeconds(8));
  private static final CreateOnce.Waits WAITS =
      new CreateOnce.Waits(Duration.ofSeconds(60), Duration.ofSeconds(300));

  private final JiraWorld world = new JiraWorld();

  /** When the actions were decided, in the world's time. */
  private long decided;

  private JiraNotifier notifier = notifier(settings(JiraEdition.CLOUD, flow("", "", "")));

  static JiraSettings settings(JiraEdition edition, JiraSettings.Flow flow) {
    return new JiraSettings(
        edition,
        DOOR,
        edition == JiraEdition.CLOUD ? "bot@example.com" : "",
        Secret.of("s3cret-token"),
        new Route("PAY", "Incident"),
        Map.of("cards", new Route("PAY", "Bug")),
        new JiraSettings.Fields(
            Map.of(Severity.SEV1, "Highest"),
            List.of("tillwatch"),
            true,
            List.of("payments"),
            Map.of(
                "customfield_1.value", FieldValue.of("${severity}"),
                "customfield_2", FieldValue.of("json:[{\"value\":\"EU\"}]"),
                "customfield_3", FieldValue.of("json:\"${episode}\""))),
        flow,
        true,
        WAITS);
  }

  static JiraSettings.Flow flow(String close, String resolution, String reopen) {
    return new JiraSettings.Flow(close, resolution, reopen);
  }

  private JiraNotifier notifier(JiraSettings settings) {
    return new JiraNotifier(
        settings,
        action -> Optional.of(Samples.incident(action.getIncidentId()).build()),
        world,
        new JiraNotifier.Time(
            () -> Samples.ONSET.plusSeconds(70).plusNanos(world.nanos - decided),
            () -> world.nanos));
  }

  private static Action action(ActionVerb verb) {
    return Samples.action("INC-A", TICKET, verb).build();
  }

  private Delivery first(ActionVerb verb) {
    return notifier.deliver(new Errand(action(verb), null, 1, false));
  }

  private Delivery again(ActionVerb verb) {
    return notifier.deliver(new Errand(action(verb), null, 2, false));
  }

  private Delivery about(String key, Action action) {
    return notifier.deliver(new Errand(action, key, 1, false));
  }

  private Stored issue() {
    assertThat(world.of("INC-A")).hasSize(1);
    return world.of("INC-A").getFirst();
  }

  @Test
  void anIssueIsMadeWithItsMarkItsEvidenceAndALinkBack() {
    assertThat(first(ActionVerb.CREATE)).isEqualTo(new Delivery.Done("PAY-1", "PAY-1 made"));
    assertThat(world.requests)
        .extracting(Request::toString)
        .containsExactly(
            "POST /rest/api/3/issue",
            "POST /rest/api/3/issue/PAY-1/attachments",
            "POST /rest/api/3/issue/PAY-1/remotelink");
    assertThat(issue().properties.get("tillwatch"))
        .hasToString("{\"incident\":\"INC-A\",\"episode\":1,\"action\":\"INC-A/TICKET/CREATE\"}");
    assertThat(issue().files).containsExactly("INC-A-1.json");
    assertThat(world.requests.get(1).body()).contains("\"approvalsLost\" : 540.0");
    assertThat(issue().links.get("tillwatch=INC-A").path("object").path("url").asText())
        .isEqualTo("http://localhost/?incident=INC-A");
  }

  @Test
  void fieldsAreFilledAsConfigured() {
    first(ActionVerb.CREATE);
    assertThat(issue().fields.path("description").path("type").asText()).isEqualTo("doc");
    ObjectNode others = issue().fields.deepCopy();
    others.remove("description");
    assertThat(others.toString())
        .isEqualTo(
            """
            {"customfield_1":{"value":"sev1"},"customfield_2":[{"value":"EU"}],\
            "customfield_3":1,"project":{"key":"PAY"},"issuetype":{"name":"Incident"},\
            "summary":"northpay eu-west: approvals down","priority":{"name":"Highest"},\
            "labels":["tillwatch","tillwatch-inc-a"],"components":[{"name":"payments"}]}\
            """);
  }

  @Test
  void dataCenterIsAskedInItsOwnManner() {
    notifier = notifier(settings(JiraEdition.DATA_CENTER, flow("", "", "")));
    first(ActionVerb.CREATE);
    assertThat(world.requests.getFirst()).hasToString("POST /rest/api/2/issue");
    assertThat(issue().fields.path("description").asText()).startsWith("*northpay eu\\-west");
  }

  @Test
  void aNamedRoutePicksItsType() {
    Action routed = Action.newBuilder(action(ActionVerb.CREATE)).setRoute("cards").build();
    notifier.deliver(new Errand(routed, null, 1, false));
    assertThat(issue().fields.path("issuetype").path("name").asText()).isEqualTo("Bug");
  }

  @Test
  void whatIsKnownByItsKeyIsNotMadeAgain() {
    first(ActionVerb.CREATE);
    assertThat(about("PAY-1", action(ActionVerb.CREATE)))
        .isEqualTo(new Delivery.Done("PAY-1", "PAY-1 was made before"));
    assertThat(issue().files).hasSize(1);
    assertThat(issue().links).hasSize(1);
  }

  /** A twin's name for a ticket, from before there was a Jira, is no key. */
  @Test
  void aNameThatIsNoKeyIsLookedFor() {
    first(ActionVerb.CREATE);
    notifier = notifier(settings(JiraEdition.CLOUD, flow("", "", "")));
    assertThat(about("console:INC-A/1", action(ActionVerb.COMMENT)))
        .isInstanceOf(Delivery.Done.class);
    assertThat(issue().comments).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_AFTER", "UNAVAILABLE_AFTER"})
  void aCreateWhoseAnswerIsLostIsFoundThoughTheIndexLags(Fault fault) {
    world.others(120);
    world.nanos += Duration.ofMinutes(30).toNanos();
    decided = world.nanos;
    world.others(70);
    world.lag = request -> Duration.ofMinutes(3);
    world.faults = once("POST /rest/api/3/issue", fault);
    assertThat(first(ActionVerb.CREATE)).isInstanceOf(Delivery.Retry.class);
    assertThat(again(ActionVerb.CREATE))
        .isEqualTo(new Delivery.Done("PAY-191", "PAY-191 was made before"));
    assertThat(issue().files).hasSize(1);
  }

  @Test
  void aCreateThatCameToNothingIsMadeAfterTwoLooks() {
    world.others(3);
    world.faults = once("POST /rest/api/3/issue", Fault.LOST_BEFORE);
    first(ActionVerb.CREATE);
    assertThat(again(ActionVerb.CREATE))
        .isEqualTo(
            new Delivery.Held(
                "an issue may be under way: looked 1 times, saw ALL", Duration.ofSeconds(60)));
    world.nanos += Duration.ofSeconds(60).toNanos();
    assertThat(again(ActionVerb.CREATE)).isInstanceOf(Delivery.Done.class);
    assertThat(issue().key).isEqualTo("PAY-4");
  }

  @Test
  void aCreateThatJiraGoesOnWithIsFoundByTheSecondLook() {
    world.faults = once("POST /rest/api/3/issue", Fault.LOST_AND_LATER);
    first(ActionVerb.CREATE);
    assertThat(again(ActionVerb.CREATE)).isInstanceOf(Delivery.Held.class);
    world.nanos += Duration.ofSeconds(60).toNanos();
    assertThat(again(ActionVerb.CREATE)).isInstanceOf(Delivery.Done.class);
    assertThat(issue().key).isEqualTo("PAY-1");
  }

  @Test
  void anActionThatWasReadBeforeIsLookedForFirst() {
    first(ActionVerb.CREATE);
    notifier = notifier(settings(JiraEdition.CLOUD, flow("", "", "")));
    world.requests.clear();
    assertThat(notifier.deliver(new Errand(action(ActionVerb.CREATE), null, 1, true)))
        .isEqualTo(new Delivery.Done("PAY-1", "PAY-1 was made before"));
    assertThat(world.requests)
        .extracting(Request::toString)
        .doesNotContain("POST /rest/api/3/issue");
  }

  @Test
  void dataCenterIsWalkedKeyByKey() {
    notifier = notifier(settings(JiraEdition.DATA_CENTER, flow("", "", "")));
    world.others(20);
    world.nanos += Duration.ofMinutes(30).toNanos();
    decided = world.nanos;
    world.others(15);
    world.lag = request -> Duration.ofMinutes(3);
    world.faults = once("POST /rest/api/2/issue", Fault.LOST_AFTER);
    first(ActionVerb.CREATE);
    assertThat(again(ActionVerb.CREATE))
        .isEqualTo(new Delivery.Done("PAY-36", "PAY-36 was made before"));
  }

  /** Seen by its mark only: a label can be set by anybody. */
  @Test
  void anIssueThatOnlyCarriesTheLabelIsNotOurs() {
    first(ActionVerb.CREATE);
    issue().properties.clear();
    notifier = notifier(settings(JiraEdition.CLOUD, flow("", "", "")));
    assertThat(notifier.deliver(new Errand(action(ActionVerb.CREATE), null, 1, true)))
        .isInstanceOf(Delivery.Held.class);
  }

  @Test
  void aLookThatIsNotLetInIsNoLook() {
    world.faults = once("POST /rest/api/3/issue", Fault.LOST_AFTER);
    first(ActionVerb.CREATE);
    world.faults = request -> Fault.UNAUTHORIZED;
    for (int i = 0; i < 10; i++) {
      world.nanos += Duration.ofMinutes(1).toNanos();
      assertThat(again(ActionVerb.CREATE)).isInstanceOf(Delivery.Retry.class);
    }
    world.faults = request -> Fault.NONE;
    assertThat(again(ActionVerb.CREATE)).isInstanceOf(Delivery.Done.class);
    assertThat(issue().key).isEqualTo("PAY-1");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"UNAUTHORIZED", "FORBIDDEN", "TOO_MANY", "BROKEN_PIPE"})
  void whatCertainlyMadeNothingIsTriedAgainAtOnce(Fault fault) {
    world.faults = once("POST /rest/api/3/issue", fault);
    assertThat(first(ActionVerb.CREATE)).isInstanceOf(Delivery.Retry.class);
    assertThat(again(ActionVerb.CREATE)).isEqualTo(new Delivery.Done("PAY-1", "PAY-1 made"));
  }

  @Test
  void aRefusalNamesTheFieldsAndNotWhatStandsInThem() {
    JiraSettings wrong = settings(JiraEdition.CLOUD, flow("", "", ""));
    notifier =
        notifier(
            new JiraSettings(
                wrong.edition(),
                wrong.door(),
                wrong.user(),
                wrong.token(),
                wrong.route(),
                wrong.routes(),
                new JiraSettings.Fields(
                    Map.of(Severity.SEV1, "Unheard of"), List.of(), true, List.of(), Map.of()),
                wrong.flow(),
                true,
                WAITS));
    assertThat(first(ActionVerb.CREATE))
        .isEqualTo(new Delivery.Refused("HTTP 400, fields priority"));
  }

  @Test
  void aCommentDeliveredAgainIsThereOnce() {
    first(ActionVerb.CREATE);
    world.faults = once("PUT /rest/api/3/issue/PAY-1", Fault.LOST_AFTER);
    assertThat(about("PAY-1", action(ActionVerb.COMMENT)))
        .isEqualTo(new Delivery.Retry("no answer within 8000 ms", Duration.ofSeconds(60)));
    assertThat(about("PAY-1", action(ActionVerb.COMMENT)))
        .isEqualTo(new Delivery.Done("PAY-1", "PAY-1 commented"));
    assertThat(issue().comments).hasSize(1);
    assertThat(issue().comments.getFirst().toString())
        .contains("northpay eu-west: approvals down", "Tillwatch · INC-A/TICKET/COMMENT");
  }

  @Test
  void aDeletedIssueIsNotWrittenToAndNotMadeAgain() {
    assertThat(about("PAY-7", action(ActionVerb.COMMENT)))
        .isEqualTo(
            new Delivery.Done(
                "PAY-7",
                "PAY-7 is not there any more, somebody deleted it: there is nothing to write to"));
  }

  /** Without a valid token everything looks deleted. */
  @Test
  void whoIsNotLetInDoesNotTakeItForDeleted() {
    world.faults = request -> request.path().endsWith("/myself") ? Fault.UNAUTHORIZED : Fault.NONE;
    assertThat(about("PAY-7", action(ActionVerb.COMMENT))).isInstanceOf(Delivery.Retry.class);
  }

  @Test
  void anIncidentWithoutAnIssueHasNothingToCommentOn() {
    assertThat(first(ActionVerb.COMMENT)).isInstanceOf(Delivery.Held.class);
    world.nanos += Duration.ofSeconds(60).toNanos();
    assertThat(first(ActionVerb.COMMENT))
        .isEqualTo(
            new Delivery.Done(null, "the incident has no issue: there is nothing to write to"));
  }

  @Test
  void closingCommentsAndMovesToDone() {
    first(ActionVerb.CREATE);
    assertThat(about("PAY-1", action(ActionVerb.CLOSE)))
        .isEqualTo(new Delivery.Done("PAY-1", "PAY-1 commented, now 'Done'"));
    assertThat(issue().done()).isTrue();
    assertThat(about("PAY-1", action(ActionVerb.CLOSE)))
        .isEqualTo(new Delivery.Done("PAY-1", "PAY-1 commented, it was closed already"));
    assertThat(issue().comments).hasSize(1);
  }

  @Test
  void aNamedTransitionIsTakenWithItsResolution() {
    notifier = notifier(settings(JiraEdition.CLOUD, flow("to in progress", "Fixed", "")));
    first(ActionVerb.CREATE);
    about("PAY-1", action(ActionVerb.CLOSE));
    assertThat(issue().status).isEqualTo("In Progress");
    assertThat(world.requests.getLast().body())
        .isEqualTo(
            """
            {"transition":{"id":"In Progress"},"fields":{"resolution":{"name":"Fixed"}}}\
            """);
  }

  @Test
  void whereNothingLeadsToDoneItIsRefusedAndSaysWhatThereIs() {
    world.moves.put("To Do", List.of("In Progress"));
    first(ActionVerb.CREATE);
    assertThat(about("PAY-1", action(ActionVerb.CLOSE)))
        .isEqualTo(
            new Delivery.Refused(
                "PAY-1 is commented and not closed: no transition leads to a status that counts"
                    + " as done from status 'To Do', there are [To In Progress]"));
  }

  @Test
  void closingCanBeLeftToPeople() {
    notifier = notifier(settings(JiraEdition.CLOUD, flow("none", "", "")));
    first(ActionVerb.CREATE);
    about("PAY-1", action(ActionVerb.CLOSE));
    assertThat(issue().done()).isFalse();
    assertThat(issue().comments).hasSize(1);
  }

  @Test
  void theNextEpisodeTakesTheSameIssueUpAgain() {
    notifier = notifier(settings(JiraEdition.CLOUD, flow("", "", "Reopened")));
    first(ActionVerb.CREATE);
    about("PAY-1", action(ActionVerb.CLOSE));
    assertThat(about("PAY-1", action(ActionVerb.UPDATE)))
        .isEqualTo(new Delivery.Done("PAY-1", "PAY-1 commented, now 'Reopened'"));
    assertThat(issue().status).isEqualTo("Reopened");
    assertThat(issue().comments).hasSize(2);
  }

  @Test
  void withoutAWayToReopenTheNextEpisodeIsAComment() {
    first(ActionVerb.CREATE);
    about("PAY-1", action(ActionVerb.CLOSE));
    about("PAY-1", action(ActionVerb.UPDATE));
    assertThat(issue().done()).isTrue();
    assertThat(issue().comments).hasSize(2);
  }

  @Test
  void theNextEpisodeMakesTheIssueThatTheFirstDidNotGet() {
    assertThat(first(ActionVerb.UPDATE)).isInstanceOf(Delivery.Held.class);
    world.nanos += Duration.ofSeconds(60).toNanos();
    assertThat(again(ActionVerb.UPDATE)).isEqualTo(new Delivery.Done("PAY-1", "PAY-1 made"));
  }

  @Test
  void anIssueWithoutItsFileIsATicketAllTheSame() {
    world.faults =
        request -> request.path().endsWith("/attachments") ? Fault.UNAVAILABLE_AFTER : Fault.NONE;
    assertThat(first(ActionVerb.CREATE)).isInstanceOf(Delivery.Retry.class);
    assertThat(again(ActionVerb.CREATE)).as("the file is there").isInstanceOf(Delivery.Done.class);
    assertThat(issue().files).hasSize(1);
    world.faults =
        request -> request.path().endsWith("/attachments") ? Fault.FORBIDDEN : Fault.NONE;
    assertThat(
            notifier.deliver(
                new Errand(
                    Samples.action("INC-B", TICKET, ActionVerb.CREATE).build(), null, 1, false)))
        .isEqualTo(new Delivery.Done("PAY-2", "PAY-2 made, not all was added: HTTP 403: {}"));
  }

  private static Function<Request, Fault> once(String what, Fault fault) {
    boolean[] done = new boolean[1];
    return request -> {
      if (done[0] || !request.toString().equals(what)) {
        return Fault.NONE;
      }
      done[0] = true;
      return fault;
    };
  }
}
