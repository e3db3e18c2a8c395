package io.tillwatch.triage.jira;

import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.jira.JiraWorld.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What we send to Jira Cloud against Atlassian's own description of its API, which is not part of
 * this project. Named so that it runs only when asked for: {@code -Dtest=JiraAgainstPublishedApi
 * -Dtillwatch.jira-openapi=FILE}, the file with at least the paths that are used.
 */
class JiraAgainstPublishedApi {

  private static final List<String> UNREAD = List.of("attachments");

  @Test
  void everyRequestIsAsTheApiDescribesIt() {
    Path file = Path.of(System.getProperty("tillwatch.jira-openapi"));
    OpenApiInteractionValidator validator =
        OpenApiInteractionValidator.createFor(file.toUri().toString())
            .withResolveCombinators(true)
            .build();
    for (Request request : allThatIsSent()) {
      if (UNREAD.stream().noneMatch(request.path()::contains)) {
        ValidationReport report = validator.validateRequest(simple(request));
        assertThat(report.getMessages()).as("%s %s", request, request.body()).isEmpty();
      }
    }
  }

  private static SimpleRequest simple(Request request) {
    String[] parts = request.path().split("\\?", 2);
    SimpleRequest.Builder builder =
        new SimpleRequest.Builder(Method.valueOf(request.method()), parts[0])
            .withHeader("Authorization", "Basic eDp5")
            .withAccept("application/json");
    if (parts.length > 1) {
      for (String parameter : parts[1].split("&")) {
        String[] named = parameter.split("=", 2);
        builder.withQueryParam(named[0], URLDecoder.decode(named[1], StandardCharsets.UTF_8));
      }
    }
    return request.body().isEmpty()
        ? builder.build()
        : builder.withContentType("application/json").withBody(request.body()).build();
  }

  /** The life of an issue with everything that can go on in it. */
  private static List<Request> allThatIsSent() {
    JiraWorld world = new JiraWorld();
    JiraNotifier notifier =
        new JiraNotifier(
            JiraNotifierTest.settings(
                JiraEdition.CLOUD, JiraNotifierTest.flow("", "Done", "Reopened")),
            action -> Optional.of(Samples.incident(action.getIncidentId()).build()),
            world,
            new JiraNotifier.Time(
                () -> Samples.ONSET.plusSeconds(70).plusNanos(world.nanos), () -> world.nanos));
    world.others(3);
    notifier.check();
    Errand create =
        new Errand(Samples.action("INC-A", TICKET, ActionVerb.CREATE).build(), null, 1, true);
    notifier.deliver(create);
    world.nanos += Duration.ofSeconds(60).toNanos();
    notifier.deliver(create);
    for (ActionVerb verb : List.of(ActionVerb.COMMENT, ActionVerb.CLOSE, ActionVerb.UPDATE)) {
      notifier.deliver(new Errand(Samples.action("INC-A", TICKET, verb).build(), null));
    }
    assertThat(world.requests)
        .extracting(Request::toString)
        .contains(
            "POST /rest/api/3/issue/bulkfetch",
            "POST /rest/api/3/search/jql",
            "POST /rest/api/3/issue",
            "PUT /rest/api/3/issue/PAY-4",
            "POST /rest/api/3/issue/PAY-4/remotelink",
            "POST /rest/api/3/issue/PAY-4/transitions");
    return world.requests;
  }
}
