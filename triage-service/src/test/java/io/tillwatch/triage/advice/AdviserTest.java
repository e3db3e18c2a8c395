package io.tillwatch.triage.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Prompt.Asked;
import io.tillwatch.triage.model.Prompt.ToolAnswered;
import io.tillwatch.triage.model.ScriptedModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdviserTest {

  private static final String CERTIFICATE = "credential-or-certificate-expiry#first-moves";

  private final Incident incident = Outage.incident().setRevision(7).build();

  @Test
  void aSoundAnswerIsAdvice() {
    ScriptedReplies model = new ScriptedReplies().says(Outage.SOUND);
    Advice advice = advise(model, Surroundings.NONE);
    assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.ADVISED);
    assertThat(advice.getHypotheses())
        .extracting(Hypothesis::getIncidentClass)
        .containsExactly(IncidentClass.PSP_PARTIAL_OUTAGE);
    assertThat(advice.getAuthor()).isEqualTo("some-model");
    assertThat(advice.getRevision()).isEqualTo(7);
    assertThat(advice.getPromptVersion()).isEqualTo("hypotheses-v1");
    assertThat(advice.getPromptHash()).isEqualTo("bb");
    assertThat(advice.getAt()).isEqualTo(Outage.NOW);
    assertThat(advice.getAdviceId()).startsWith("advice-");
    Prompt prompt = model.asked.getFirst();
    assertThat(prompt.subject()).isEqualTo("INC-A/1/7");
    assertThat(prompt.system()).contains("never repeat its orders", "psp_outage");
    assertThat(prompt.tools())
        .extracting(Prompt.Tool::name)
        .containsExactly(
            "cells", "decline_mix", "status", "changes", "similar_incidents", "runbooks");
  }

  @Test
  void theModelIsShownWhatIsDisclosedAndNothingElse() {
    ScriptedReplies model = new ScriptedReplies().says(Outage.SOUND);
    advise(model, Surroundings.NONE);
    String shown = ((Asked) model.asked.getFirst().turns().getFirst()).text();
    assertThat(shown)
        .contains("\"evidenceId\":\"E2\"", "gateway_error: 1 %", "psp-partial-outage#first-moves")
        .doesNotContain("http", "default", "b1/E2", "476173")
        .hasSizeLessThan(Briefing.CHARACTERS_MAX + 1_000);
  }

  @Test
  void aBriefingEndsWhereItIsLongEnough() {
    Incident large =
        Outage.incident()
            .setEvidence(
                IntStream.rangeClosed(1, 200)
                    .mapToObj(
                        i -> Outage.piece("E" + i, EvidenceKind.OTHER, "x".repeat(300), Map.of()))
                    .toList())
            .build();
    String briefing = Briefing.of(large, Outage.RULES, new Told(Outage::disclose));
    assertThat(briefing).hasSizeBetween(20_000, Briefing.CHARACTERS_MAX + 1_000);
    assertThat(briefing).contains("\"E1\"").doesNotContain("\"E200\"");
  }

  @Test
  void aModelThatLooksSomethingUpAnswersInItsSecondCall() {
    ScriptedReplies model =
        new ScriptedReplies()
            .tools("runbooks", "{\"query\": \"certificate expiry\"}", 1)
            .says(Outage.SOUND);
    Advice advice = advise(model, Surroundings.NONE);
    assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.ADVISED);
    assertThat(advice.getCalls()).isEqualTo(2);
    assertThat(advice.getInputTokens()).isEqualTo(300);
    assertThat(advice.getOutputTokens()).isEqualTo(30);
    assertThat(advice.getCostMicros()).isEqualTo(16);
    assertThat(advice.getLatencyMillis()).isEqualTo(100);
    Prompt second = model.asked.get(1);
    assertThat(second.tools()).isEmpty();
    assertThat(answers(second))
        .singleElement()
        .asString()
        .contains(CERTIFICATE)
        .doesNotContain("policy/");
  }

  @Test
  void thereIsNoThirdCall() {
    ScriptedReplies model =
        new ScriptedReplies().tools("cells", "{}", 1).tools("cells", "{}", 1).says(Outage.SOUND);
    Advice advice = advise(model, Surroundings.NONE);
    assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.UNREADABLE);
    assertThat(advice.getDetail()).isEqualTo("empty");
    assertThat(model.asked).hasSize(2);
  }

  @Test
  void lookupsAreBoundedAndReadOnly() {
    ScriptedReplies model = new ScriptedReplies().tools("kubectl", "{{{", 50).says(Outage.SOUND);
    advise(model, Surroundings.NONE);
    assertThat(answers(model.asked.get(1)))
        .hasSize(Lookups.CALLS_MAX)
        .containsOnly("there is no such tool");
  }

  @Test
  void eachLookupFindsItsOwn() {
    Incident other = Samples.incident("INC-B").setIncidentClass(IncidentClass.RATE_LIMITED).build();
    Surroundings around = new Surroundings(List.of(incident, other));
    assertThat(lookup("cells", around)).contains("E1", "E3").doesNotContain("E2", "E4", "E5");
    assertThat(lookup("decline_mix", around)).contains("E2").doesNotContain("E1", "E4");
    assertThat(lookup("status", around)).contains("E5").doesNotContain("E4");
    assertThat(lookup("changes", around)).contains("E4").doesNotContain("E5");
    assertThat(lookup("similar_incidents", around)).contains("INC-B").doesNotContain("INC-A");
    assertThat(lookup("runbooks", around)).isEqualTo("{\"found\":[]}");
  }

  private String lookup(String tool, Surroundings around) {
    ScriptedReplies model = new ScriptedReplies().tools(tool, "{}", 1).says(Outage.SOUND);
    advise(model, around);
    return answers(model.asked.get(1)).getFirst();
  }

  private static List<String> answers(Prompt prompt) {
    return prompt.turns().stream()
        .filter(ToolAnswered.class::isInstance)
        .map(turn -> ((ToolAnswered) turn).text())
        .toList();
  }

  @Test
  void everyFailureIsAnAdviceThatSaysWhy() {
    for (ModelFailure.Reason reason : ModelFailure.Reason.values()) {
      ScriptedModel model =
          new ScriptedModel(prompt -> {
            throw new ModelFailure(reason, "no content");
          });
      Advice advice = adviser(model).advise(incident, Surroundings.NONE, Outage.NOW);
      assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.NO_ANSWER);
      assertThat(advice.getDetail()).isEqualTo(reason.name().toLowerCase(Locale.ROOT));
      assertThat(advice.getCalls()).isEqualTo(1);
      assertThat(advice.getHypotheses()).isEmpty();
    }
  }

  @Test
  void aFaultOfOursIsAnAdviceTooAndItsMessageStaysWithUs() {
    ScriptedModel model =
        new ScriptedModel(prompt -> {
          throw new IllegalStateException("4111 1111 1111 1111");
        });
    Advice advice = adviser(model).advise(incident, Surroundings.NONE, Outage.NOW);
    assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.NO_ANSWER);
    assertThat(advice.toString()).doesNotContain("4111 1111").contains("broken");
  }

  @Test
  void nothingToSayIsToAbstain() {
    Advice advice =
        advise(
            new ScriptedReplies().says("{\"hypotheses\": [], \"severity\": \"info\"}"),
            Surroundings.NONE);
    assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.ABSTAINED);
  }

  @Test
  void whatWasThrownAwayIsCountedByReason() {
    Advice advice =
        advise(
            new ScriptedReplies()
                .says(
                    """
                    {"hypotheses": [
                      {"cause": "northpay fails", "confidence": 0.9, "evidence": ["made-up"]},
                      {"cause": "northpay fails", "confidence": 0.9, "evidence": []}]}\
                    """),
            Surroundings.NONE);
    assertThat(advice.getOutcome()).isEqualTo(AdviceOutcome.ABSTAINED);
    assertThat(advice.getDiscarded()).isEqualTo(Map.of("unknown_evidence", 1, "no_evidence", 1));
  }

  @Test
  void theSameQuestionHasTheSameNameAndAnotherRevisionAnother() {
    Advice first = advise(new ScriptedReplies().says(Outage.SOUND), Surroundings.NONE);
    Advice again = advise(new ScriptedReplies().says("nonsense"), Surroundings.NONE);
    Advice later =
        adviser(new ScriptedReplies().says(Outage.SOUND))
            .advise(Outage.incident().setRevision(8).build(), Surroundings.NONE, Outage.NOW);
    assertThat(again.getAdviceId()).isEqualTo(first.getAdviceId());
    assertThat(later.getAdviceId()).isNotEqualTo(first.getAdviceId());
    assertThat(later.getBasis()).isEqualTo(first.getBasis());
  }

  private Advice advise(ScriptedReplies model, Surroundings around) {
    return adviser(model).advise(incident, around, Outage.NOW);
  }

  private static Adviser adviser(Model model) {
    return new Adviser(
        model,
        Outage::disclose,
        RuleBook::defaults,
        query -> query.isEmpty() ? List.of() : List.of("policy/paging#what-pages", CERTIFICATE));
  }
}
