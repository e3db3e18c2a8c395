package io.tillwatch.triage.pagerduty;

import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.outside.StubServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What we send to PagerDuty against its own description of the Events API, which is not part of
 * this project. Named so that it runs only when asked for: {@code
 * -Dtest=PagerDutyAgainstPublishedApi -Dtillwatch.pagerduty-openapi=FILE}.
 */
class PagerDutyAgainstPublishedApi {

  @Test
  void everyRequestIsAsTheApiDescribesIt() {
    Path file = Path.of(System.getProperty("tillwatch.pagerduty-openapi"));
    OpenApiInteractionValidator validator =
        OpenApiInteractionValidator.createFor(file.toUri().toString())
            .withResolveCombinators(true)
            .build();
    List<StubServer.Request> sent = allThatIsSent();
    assertThat(sent).hasSize(4);
    for (StubServer.Request request : sent) {
      ValidationReport report =
          validator.validateRequest(
              SimpleRequest.Builder.post(request.path())
                  .withContentType("application/json")
                  .withBody(request.body())
                  .build());
      assertThat(report.getMessages()).as("%s", request).isEmpty();
    }
  }

  private static List<StubServer.Request> allThatIsSent() {
    try (StubServer server = StubServer.start(request -> StubServer.Act.json(202, "{}"));
        PagerDuty pager = PagerDuty.open(PagerDutyTest.settings(server, 100))) {
      for (ActionVerb verb :
          List.of(ActionVerb.TRIGGER, ActionVerb.ACKNOWLEDGE, ActionVerb.RESOLVE)) {
        Errand errand = Errand.of(Samples.action("INC-A", PAGER, verb).build());
        assertThat(pager.deliver(errand)).isInstanceOf(Delivery.Done.class);
      }
      pager.tell(
          ChangeEvent.newBuilder()
              .setEventId("deploy-7")
              .setEventTime(Samples.ONSET)
              .setType(ChangeType.DEPLOY)
              .setTitle("connector 4.2 everywhere")
              .setLink("https://ci.example.com/7")
              .build());
      return server.requests();
    }
  }
}
