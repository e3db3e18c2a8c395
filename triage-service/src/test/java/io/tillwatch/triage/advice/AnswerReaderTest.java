package io.tillwatch.triage.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillwatch.triage.advice.AnswerReader.Reason;
import io.tillwatch.triage.advice.AnswerReader.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: whatever a model sends is either an answer in the agreed shape or refused with a reason.
 * Method: a table of damage as it comes over the wire.
 */
class AnswerReaderTest {

  private static final String CAUSE =
      "{\"cause\": \"issuer timeouts\", \"confidence\": 0.4, \"evidence\": [\"E1\"]}";
  private static final String ONE = "{\"hypotheses\": [" + CAUSE + "]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "\uFEFF%s",
        "  \n%s\n ",
        "```json\n%s\n```",
        "```\n%s```",
        "Sure! Here you go: %s",
        "%s\nAnything else?",
        "text/plain } %s"
      })
  void whatStandsAroundOneObjectIsPassedOver(String around) throws Unreadable {
    Answer answer = AnswerReader.read(around.formatted(ONE));
    assertThat(answer.causes())
        .singleElement()
        .satisfies(cause -> {
          assertThat(cause.statement()).isEqualTo("issuer timeouts");
          assertThat(cause.evidenceFor()).containsExactly("E1");
          assertThat(cause.confidence()).isEqualTo(0.4);
          assertThat(cause.incidentClass()).isEmpty();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '\0',
      value = {
        "I am sorry, I cannot help with that. => NO_OBJECT",
        "null => NO_OBJECT",
        "[[[[[[[[[[[[ => NO_OBJECT",
        "<html>captive portal</html> => NO_OBJECT",
        "{\"hypotheses\": [{\"cause\": \"issuer timeouts\", \"conf => NO_JSON",
        "{\"hypotheses\":[{\"cause\":\"x\",\"confidence\":NaN}]} => NO_JSON",
        "{\"hypotheses\":[],\"hypotheses\":[]} => NO_JSON",
        "{\"hypotheses\":[{\"cause\":\"a\",\"cause\":\"b\",\"confidence\":1}]} => NO_JSON",
        "{\"hypotheses\": []}{\"hypotheses\": []} => MORE_THAN_ONE_OBJECT",
        "{\"hypotheses\": []} or else {\"x\": 1} => MORE_THAN_ONE_OBJECT",
        "{\"tool_calls\": [{\"name\": \"x\"}]} => NO_HYPOTHESES",
        "{\"status\": \"RESOLVED\", \"page\": false} => NO_HYPOTHESES",
        "{\"hypotheses\": \"many\"} => WRONG_TYPE",
        "{\"hypotheses\": null} => WRONG_TYPE",
        "{\"hypotheses\": [\"x\"]} => WRONG_TYPE",
        "{\"hypotheses\": [{\"cause\": \"x\"}]} => WRONG_TYPE",
        "{\"hypotheses\": [{\"cause\": 1, \"confidence\": 1}]} => WRONG_TYPE",
        "{\"hypotheses\": [{\"cause\": \"x\", \"confidence\": \"1\"}]} => WRONG_TYPE",
        "{\"hypotheses\": [{\"cause\": \"x\", \"confidence\": 1, \"evidence\": \"E1\"}]} =>"
            + " WRONG_TYPE",
        "{\"hypotheses\": [{\"cause\": \"x\", \"confidence\": 1, \"evidence\": [1]}]} =>"
            + " WRONG_TYPE",
      })
  void whatIsNoAnswerIsRefusedWithItsReason(String text, Reason reason) {
    assertThat(refusal(text)).isEqualTo(reason);
  }

  @Test
  void emptyLongDeepAndCrowdedAnswersAreRefused() {
    String many = "\"E1\",".repeat(40) + "\"E1\"";
    assertThat(refusal("")).isEqualTo(Reason.EMPTY);
    assertThat(refusal(" \n\t")).isEqualTo(Reason.EMPTY);
    assertThat(refusal(ONE + " ".repeat(AnswerReader.CHARACTERS_MAX))).isEqualTo(Reason.TOO_LONG);
    assertThat(refusal("{\"a\":" + "[".repeat(60) + "]".repeat(60) + ",\"hypotheses\":[]}"))
        .isEqualTo(Reason.NO_JSON);
    assertThat(
            refusal(
                "{\"hypotheses\":[{\"cause\":\"x\",\"confidence\":1,\"evidence\":["
                    + many
                    + "]}]}"))
        .isEqualTo(Reason.TOO_MANY_CITED);
  }

  @Test
  void fieldsNobodyAskedForAreLeftAndConfidenceStaysWithinOne() throws Unreadable {
    Answer answer =
        AnswerReader.read(
            """
            {"severity": "info", "page": false, "hypotheses": [
              {"statement": "a {brace} and a \\" quote", "confidence": 42, "severity": "sev4"},
              {"cause": "x", "confidence": -3, "evidence": null}]}\
            """);
    assertThat(answer.causes()).extracting(Answer.Cause::confidence).containsExactly(1.0, 0.0);
    assertThat(answer.causes().getFirst().statement()).isEqualTo("a {brace} and a \" quote");
  }

  @Test
  void moreCausesThanAreReadAreCounted() throws Unreadable {
    String causes = (CAUSE + ",").repeat(10) + CAUSE;
    Answer answer = AnswerReader.read("{\"hypotheses\": [" + causes + "]}");
    assertThat(answer.causes()).hasSize(AnswerReader.CAUSES_MAX);
    assertThat(answer.left()).isEqualTo(11 - AnswerReader.CAUSES_MAX);
  }

  private static Reason refusal(String text) {
    return catchThrowableOfType(Unreadable.class, () -> AnswerReader.read(text)).reason();
  }
}
