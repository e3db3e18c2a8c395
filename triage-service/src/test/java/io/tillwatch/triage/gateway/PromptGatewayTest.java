package io.tillwatch.triage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.model.CallOutcome;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.audit.CallAudit;
import io.tillwatch.triage.audit.ChainAudit;
import io.tillwatch.triage.audit.Expiry;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.model.Prompt.Purpose;
import io.tillwatch.triage.outside.StubServer;
import io.tillwatch.triage.outside.StubServer.Act;
import io.tillwatch.triage.publish.NotPublished;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptGatewayTest {

  private static final String ANSWER =
      """
      {"choices":[{"message":{"role":"assistant","content":"fine"}}],
       "usage":{"prompt_tokens":1000,"completion_tokens":100}}
      """;

  private final MemoryModelCalls calls = new MemoryModelCalls();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final StubServer stub = StubServer.start(request -> Act.json(200, ANSWER));
  private final List<PromptGateway> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(PromptGateway::close);
    stub.close();
  }

  private PromptGateway gateway(ModelCalls store, Map<String, String> more) {
    PromptGateway gateway =
        Gateways.open(Gateways.settings(Vendor.OPENAI, stub.url(), more), store, metrics);
    open.add(gateway);
    return gateway;
  }

  private static Answer ask(PromptGateway gateway, String subject, String text) {
    return gateway.send(
        new Call(Purpose.HYPOTHESES, subject, Map.of(), 100), WireFormat.OPENAI, body(text));
  }

  private static byte[] body(String text) {
    return "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Reason reason(Runnable ask) {
    return catchThrowableOfType(ModelFailure.class, ask::run).reason();
  }

  private double counted(String outcome) {
    return metrics.counter("tillwatch.model.calls", "outcome", outcome).count();
  }

  @Test
  void fiftyHungCallsHoldNobodyElseUp() throws InterruptedException, ExecutionException {
    PromptGateway gateway = gateway(calls, Map.of());
    for (int i = 0; i < 50; i++) {
      stub.then(new Act.Hang());
    }
    List<Future<Reason>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        int number = i;
        asked.add(threads.submit(() -> reason(() -> ask(gateway, "INC/" + number, "n" + number))));
      }
      while (counted("busy") < 46 && counted("deadline") == 0) {
        Thread.sleep(5);
      }
      assertThat(counted("deadline")).as("46 heard so while four hung").isZero();
      stub.close();
      for (Future<Reason> one : asked) {
        assertThat(one.get()).isIn(Reason.BUSY, Reason.UNREACHABLE);
      }
    }
    assertThat(counted("busy")).isEqualTo(46);
    assertThat(counted("unreachable")).isEqualTo(4);
    assertThat(calls.rows()).as("two rows for each of the four that were sent").hasSize(8);
    assertThat(metrics.get("tillwatch.model.under.way").gauge().value()).isZero();
  }

  @Test
  void whoeverFindsNoPlaceHearsSoAtOnce() {
    PromptGateway gateway = gateway(calls, Map.of("triage.model.concurrent", "1"));
    stub.then(new Act.Hang());
    Thread hung = Thread.ofVirtual().start(() -> reason(() -> ask(gateway, "INC/0", "hung")));
    while (stub.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(reason(() -> ask(gateway, "INC/1", "next"))).isEqualTo(Reason.BUSY);
    assertThat(hung.isAlive()).as("the one before still hangs").isTrue();
    hung.interrupt();
  }

  @Test
  void afterFiveFailuresNoneIsTriedForAWhile() {
    PromptGateway gateway = gateway(calls, Map.of());
    for (int i = 0; i < Guard.CALLS_MIN; i++) {
      stub.then(Act.json(500, "{}"));
    }
    for (int i = 0; i < Guard.CALLS_MIN; i++) {
      int number = i;
      assertThat(reason(() -> ask(gateway, "INC/" + number, "n" + number)))
          .isEqualTo(Reason.SERVER_ERROR);
    }
    assertThat(reason(() -> ask(gateway, "INC/9", "n9"))).isEqualTo(Reason.BREAKER_OPEN);
    assertThat(stub.requests()).hasSize(Guard.CALLS_MIN);
    assertThat(gateway.state()).containsEntry("breakerOpen", true);
    assertThat(metrics.get("tillwatch.model.breaker.open").gauge().value()).isEqualTo(1);
  }

  @Test
  void aRefusedRequestIsNoReasonToLeaveTheModelAlone() {
    PromptGateway gateway = gateway(calls, Map.of());
    for (int i = 0; i < 12; i++) {
      stub.then(Act.json(400, "{}"));
      int number = i;
      assertThat(reason(() -> ask(gateway, "INC/" + number, "n" + number)))
          .isEqualTo(Reason.REFUSED);
    }
    assertThat(ask(gateway, "INC/99", "n99").body()).contains("fine");
  }

  @Test
  void aRevisionIsAskedForTwice() {
    PromptGateway gateway = gateway(calls, Map.of());
    ask(gateway, "INC-A/1/7", "one");
    ask(gateway, "INC-A/1/7", "two");
    assertThat(reason(() -> ask(gateway, "INC-A/1/7", "three"))).isEqualTo(Reason.OVER_BUDGET);
    assertThat(ask(gateway, "INC-A/1/7", "one").costMicros()).as("answered before").isZero();
    assertThat(stub.requests()).hasSize(2);
  }

  @Test
  void whenTheMoneyOfTheHourIsSpentNothingGoesOut() {
    PromptGateway gateway =
        gateway(
            calls,
            Map.of(
                "triage.model.input-price", "2.50",
                "triage.model.output-price", "10",
                "triage.model.money-per-hour", "0.006"));
    Answer answer = ask(gateway, "INC/1", "one");
    assertThat(answer.costMicros()).isEqualTo(3_500);
    assertThat(calls.rows().getLast().getCostMicros()).isEqualTo(3_500);
    ask(gateway, "INC/2", "two");
    assertThat(reason(() -> ask(gateway, "INC/3", "three"))).isEqualTo(Reason.OVER_BUDGET);
    assertThat(metrics.counter("tillwatch.model.cost").count()).isEqualTo(0.007);
  }

  @Test
  void whatCannotBePutOnRecordIsNotSent() {
    PromptGateway gateway = gateway(PromptGatewayTest::away, Map.of());
    for (int i = 0; i < 7; i++) {
      assertThat(reason(() -> ask(gateway, "INC-A/1/7", "one"))).isEqualTo(Reason.NOT_RECORDED);
    }
    assertThat(stub.requests()).isEmpty();
  }

  private static void away(ModelCall row) throws NotPublished {
    throw new NotPublished("tillwatch.model-calls", new IllegalStateException());
  }

  @Test
  void anAnswerIsGivenThoughItsEndIsNotOnRecord() {
    PromptGateway gateway =
        gateway(
            row -> {
              if (row.getOutcome() != CallOutcome.PENDING) {
                away(row);
              }
              calls.append(row);
            },
            Map.of());
    assertThat(ask(gateway, "INC/1", "one").body()).contains("fine");
    assertThat(metrics.counter("tillwatch.model.unrecorded").count()).isEqualTo(1);
    ask(gateway, "INC/2", "two");
    CallAudit audit = new CallAudit(Expiry.NEVER);
    calls.rows().forEach(row -> audit.take(row, "row", row.getAt()));
    assertThat(audit.end())
        .as("a new chain after a row that nobody knows of")
        .hasSize(2)
        .allMatch(ChainAudit::whole)
        .allMatch(chain -> chain.unfinished() == 1);
  }

  @Test
  void whatIsNoJsonOrTooLargeOrStreamedDoesNotGoOut() {
    PromptGateway gateway = gateway(calls, Map.of());
    Call call = new Call(Purpose.QUESTION, "", Map.of(), 100);
    for (String body :
        List.of("nonsense", "{\"stream\":true}", "{\"x\":\"" + "y ".repeat(200_000) + "\"}")) {
      assertThat(
              reason(() ->
                  gateway.send(call, WireFormat.OPENAI, body.getBytes(StandardCharsets.UTF_8))))
          .isEqualTo(Reason.AGAINST_POLICY);
    }
    assertThat(calls.rows()).isEmpty();
  }

  @Test
  void namesNumbersAndNeighboursAreRedactedToo() {
    PromptGateway gateway = gateway(calls, Map.of());
    gateway.send(
        new Call(Purpose.QUESTION, "", Map.of(), 100),
        WireFormat.OPENAI,
        """
        {"messages":[{"role":"user","content":"x","4111111111111111":1,
         "number":5555555555554444,"input":{"cvv":"737"}}]}
        """
            .getBytes(StandardCharsets.UTF_8));
    assertThat(stub.requests().getFirst().body())
        .doesNotContain("4111111111111111", "5555555555554444", "737");
  }
}
