package io.tillwatch.triage.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.Samples;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people want done with incidents, over real HTTP, and what gets onto the topic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsControllerTest {

  private static final String[] JSON = {"Content-Type", "application/json"};

  private TriageOverHttp http;

  @BeforeAll
  void start() {
    http = new TriageOverHttp("");
    http.incidents.apply(Samples.incident("INC-A").build());
    http.incidents.apply(
        Samples.incident("INC-B")
            .setState(IncidentState.RESOLVED)
            .setResolvedAt(Samples.ONSET)
            .build());
  }

  @AfterAll
  void stop() {
    http.close();
  }

  @Test
  void aCommandIsOnRecordBeforeItIsAnswered() {
    HttpResponse<String> answer =
        http.post(
            "/api/v1/incidents/INC-A/acknowledge",
            "{\"author\":\"ada\",\"reason\":\"on it,\\nlooking\"}",
            JSON);

    assertThat(answer.statusCode()).isEqualTo(202);
    Command command = commands().getLast();
    assertThat(answer.body())
        .isEqualTo(
            "{\"commandId\":\"%s\",\"incident\":\"INC-A\",\"verb\":\"acknowledge\"}"
                .formatted(command.getCommandId()));
    assertThat(answer.headers().firstValue("Location")).contains("/api/v1/incidents/INC-A/log");
    assertThat(command.getVerb()).isEqualTo(CommandVerb.ACKNOWLEDGE);
    assertThat(command.getAuthor()).isEqualTo("ada");
    assertThat(command.getReason()).isEqualTo("on it, looking");
    assertThat(command.getChannel()).isEqualTo("api");
    assertThat(command.getEpisode()).as("the present one").isEqualTo(1);
    assertThat(command.getTenant()).isEqualTo("default");
    assertThat(command.getAt()).isEqualTo(Samples.ONSET.plus(Duration.ofMinutes(12)));
    assertThat(http.published.published().getLast().key()).isEqualTo("INC-A");
    assertThat(http.published.published().getLast().topic()).isEqualTo("tillwatch.commands");
  }

  @Test
  void theSameKeyIsTheSameCommandAndAnotherIncidentsIsNot() {
    String body = "{\"author\":\"ada\",\"reason\":\"looking\"}";
    for (String path : List.of("INC-A/note", "INC-A/note", "INC-B/note")) {
      http.post("/api/v1/incidents/" + path, body, JSON[0], JSON[1], "Idempotency-Key", "once");
    }
    List<String> ids = commands().reversed().stream().limit(3).map(Command::getCommandId).toList();
    assertThat(ids.get(1)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(0));
    assertThat(ids).allMatch(id -> id.matches("api-[0-9a-f]{32}"));
  }

  @Test
  void theSameKeyForAnotherEpisodeIsAnotherCommand() {
    for (String episode : List.of("", ",\"episode\":1", ",\"episode\":2", ",\"episode\":2")) {
      HttpResponse<String> answer =
          http.post(
              "/api/v1/incidents/INC-A/note",
              "{\"author\":\"ada\",\"reason\":\"looking\"%s}".formatted(episode),
              JSON[0],
              JSON[1],
              "Idempotency-Key",
              "episodes");
      assertThat(answer.statusCode()).isEqualTo(202);
    }
    List<String> ids = commands().reversed().stream().limit(4).map(Command::getCommandId).toList();
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(ids.subList(1, 4)).doesNotHaveDuplicates();
  }

  /** The first answer was lost, and its effect is what the state does not allow any more. */
  @Test
  void aKeyThatComesAgainAfterTheStateMovedIsTaken() {
    HttpResponse<String> answer =
        http.post(
            "/api/v1/incidents/INC-B/resolve",
            "{\"author\":\"ada\"}",
            JSON[0],
            JSON[1],
            "Idempotency-Key",
            "again");
    assertThat(answer.statusCode()).isEqualTo(202);
  }

  @Test
  void aReviewConfirmsClassAndCause() {
    HttpResponse<String> answer =
        http.post(
            "/api/v1/incidents/INC-B/review",
            "{\"author\":\"ada\",\"class\":\"psp_outage\",\"cause\":\"their database\"}",
            JSON);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(commands().getLast().getConfirmedClass()).isEqualTo(IncidentClass.PSP_OUTAGE);
    assertThat(commands().getLast().getConfirmedCause()).isEqualTo("their database");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "INC-A/review      | {'author':'ada','class':'psp_outage'} | 409 | not_allowed",
        "INC-B/acknowledge | {'author':'ada'} | 409 | not_allowed",
        "INC-X/acknowledge | {'author':'ada'} | 404 | unknown_incident",
        "INC-A/escalate    | {'author':'ada'} | 404 | unknown_verb",
        "INC-A/other       | {'author':'ada'} | 404 | unknown_verb",
        "INC-A/acknowledge | {'author':' '} | 400 | author is missing",
        "INC-A/acknowledge | {'reason':'because'} | 400 | author is missing",
        "INC-A/acknowledge | {'author':7} | 400 | author is no text",
        "INC-A/acknowledge | {'author':'ada','into':'INC-B'} | 400 | unknown field",
        "INC-A/acknowledge | {'author':'ada','reason':'4111 1111-1111 1111'} | 400 | card number",
        "INC-A/acknowledge | [1] | 400 | no JSON object",
        "INC-A/acknowledge | {'author': | 400 | no JSON at line",
        "INC-B/review      | {'author':'ada'} | 400 | confirms a class",
        "INC-B/review      | {'author':'ada','class':'weather'} | 400 | class is 'weather'",
        "INC-A/note        | {'author':'ada'} | 400 | a note without",
        "INC-A/merge       | {'author':'ada'} | 400 | nothing to merge",
        "INC-A/merge       | {'author':'ada','into':'INC-A'} | 400 | into itself",
        "INC-A/split       | {'author':'ada','bursts':'b1'} | 400 | bursts is no list",
        "INC-A/split       | {'author':'ada','bursts':[]} | 400 | nothing to split",
        "INC-A/resolve     | {'author':'ada','episode':2} | 409 | meant for episode 2, this is",
        "INC-A/resolve     | {'author':'ada','episode':0} | 400 | episode is no number",
        "INC-A/resolve     | {'author':'ada','episode':'1'} | 400 | episode is no number",
        "INC-A/resolve     | {'author':'ada','episode':1.5} | 400 | episode is no number",
      })
  void whatCannotBeDoneIsSaidAtOnce(String path, String body, int status, String why) {
    int before = commands().size();
    HttpResponse<String> answer =
        http.post("/api/v1/incidents/" + path, body.replace('\'', '"'), JSON);
    assertThat(answer.body()).contains(why).contains("\"expected\":\"");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("4111");
    assertThat(commands()).hasSize(before);
    assertThat(problems(path, answer)).isEmpty();
  }

  @Test
  void aBodyThatIsTooLargeOrNoJsonIsRefused() {
    String path = "/api/v1/incidents/INC-A/note";
    for (int bytes : new int[] {20_000, 100_000}) {
      HttpResponse<String> large =
          http.post(path, "{\"author\":\"" + "a".repeat(bytes) + "\"}", JSON);
      assertThat(large.statusCode()).isEqualTo(413);
      assertThat(large.body())
          .isEqualTo(
              "{\"error\":\"too_large\",\"message\":\"the body is too large\","
                  + "\"expected\":\"at most 16384 bytes\"}");
    }
    HttpResponse<String> form =
        http.post(path, "author=ada", "Content-Type", "application/x-www-form-urlencoded");
    assertThat(form.statusCode()).isEqualTo(415);
    assertThat(form.body()).startsWith("{\"error\":\"unsupported_media_type\"");
    assertThat(http.post(path, "{}").statusCode()).isEqualTo(415);
  }

  private List<Command> commands() {
    return http.published.values(Command.class);
  }

  /** What is wrong with an answer by our own description. */
  private List<?> problems(String path, HttpResponse<String> answer) {
    return OpenApiInteractionValidator.createForInlineApiSpecification(http.get("/openapi").body())
        .build()
        .validateResponse(
            "/api/v1/incidents/" + path,
            Method.POST,
            SimpleResponse.Builder.status(answer.statusCode())
                .withContentType("application/json")
                .withBody(answer.body())
                .build())
        .getMessages();
  }
}
