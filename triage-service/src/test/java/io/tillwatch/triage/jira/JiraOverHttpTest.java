package io.tillwatch.triage.jira;

import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter over a wire, with the Jira in memory behind it. */
class JiraOverHttpTest {

  private final JiraWorld world = new JiraWorld();
  private final StubServer server = StubServer.start(this::answer);

  private synchronized Act answer(StubServer.Request request) {
    JiraWorld.Answer answer =
        world.answer(new JiraWorld.Request(request.method(), request.path(), request.body()));
    return Act.respond(answer.status(), answer.body(), Map.of("Content-Type", "application/json"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Notifier notifier(JiraEdition edition) {
    return JiraNotifier.open(
        JiraContractTest.at(new DoorSettings(server.url(), null, Duration.ofSeconds(10)), edition),
        action -> Optional.of(Samples.incident(action.getIncidentId()).build()),
        InstantSource.fixed(Samples.ONSET.plusSeconds(75)));
  }

  private static Errand create() {
    return new Errand(Samples.action("INC-A", TICKET, ActionVerb.CREATE).build(), null, 1, false);
  }

  @Test
  void cloudIsToldByEmailAndTokenAndTheFileIsAForm() {
    try (Notifier notifier = notifier(JiraEdition.CLOUD)) {
      assertThat(notifier.deliver(create())).isEqualTo(new Delivery.Done("PAY-1", "PAY-1 made"));
      assertThat(notifier.check().well()).isTrue();
    }
    assertThat(server.requests())
        .allSatisfy(request ->
            assertThat(request.headers())
                .containsEntry("authorization", "Basic Ym90QGV4YW1wbGUuY29tOnMzY3JldC10b2tlbg=="));
    StubServer.Request file = server.requests().get(1);
    assertThat(file.headers()).containsEntry("x-atlassian-token", "no-check");
    String boundary =
        file.headers().get("content-type").replace("multipart/form-data; boundary=", "--");
    assertThat(file.body())
        .startsWith(
            boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"INC-A-1.json\"\r\n"
                + "Content-Type: application/json\r\n\r\n{\n")
        .endsWith("}\r\n" + boundary + "--\r\n");
    assertThat(world.of("INC-A").getFirst().files).containsExactly("INC-A-1.json");
  }

  @Test
  void dataCenterIsToldByAPersonalToken() {
    try (Notifier notifier = notifier(JiraEdition.DATA_CENTER)) {
      notifier.deliver(create());
    }
    assertThat(server.requests().getFirst().headers())
        .containsEntry("authorization", "Bearer s3cret-token");
  }

  @Test
  void aConnectionThatBreaksAfterTheCreateMakesNoSecondIssue() {
    server.then(new Act.ResetAfter());
    try (Notifier notifier = notifier(JiraEdition.CLOUD)) {
      assertThat(notifier.deliver(create())).isInstanceOf(Delivery.Retry.class);
      assertThat(notifier.deliver(create()))
          .isEqualTo(new Delivery.Done("PAY-1", "PAY-1 was made before"));
    }
    assertThat(world.of("INC-A")).hasSize(1);
  }
}
