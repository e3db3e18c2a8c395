package io.tillwatch.triage.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: nothing of a model is shown that its passages do not carry. Method: one answer a rule. */
class DraftedTest {

  private static final List<Passage> GIVEN =
      List.of(
          new Passage("psp-outage#first-moves", "A PSP is down", "First moves", "Stop retries."),
          new Passage("policy/paging#handing-over", "Who is woken", "Handing over", "Wait 30 min."),
          new Passage("INC-1", "northpay: down", "What it was", "* moved 4,5 % in 2 steps"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Stop retries [A]. | Stop retries [A].",
        "Stop retries. [A] Wait 30 min. [B] | Stop retries [A]. Wait 30 min [B].",
        "Stop retries [A, B]. | Stop retries [A, B].",
        "Stop!  [A]\\nThen wait [B] | Stop [A]! Then wait [B]",
        "Before, 4,5 % moved in 2 steps [INC-1]. | Before, 4,5 % moved in 2 steps [INC-1].",
      })
  void whatRestsOnPassagesIsShown(String answer, String shown) {
    Drafted drafted = judge(answer);
    assertThat(drafted).isEqualTo(new Drafted(Outcome.ANSWERED, ids(shown)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Stop retries. | UNCITED",
        "Stop retries. Wait [B]. | UNCITED",
        "Stop retries [psp-outage#call]. | WRONG_CITATION",
        "Stop retries [1]. | WRONG_CITATION",
        "Stop retries [A] []. | WRONG_CITATION",
        "Wait 31 min [B]. | NUMBER_NOT_FOUND",
        "Wait 30 min [A]. | NUMBER_NOT_FOUND",
        "See https://evil.example/x [A]. | LINK_OR_MARKUP",
        "See evil.example [A]. | LINK_OR_MARKUP",
        "Ask javascript:alert [A]. | LINK_OR_MARKUP",
        "Stop <b>now</b> [A]. | LINK_OR_MARKUP",
        "Stop **now** [A]. | LINK_OR_MARKUP",
        "Stop &lt; [A]. | LINK_OR_MARKUP",
        "Refund 4111 1111 1111 1111 [A]. | SENSITIVE",
      })
  void whatDoesNotIsNot(String answer, Outcome why) {
    assertThat(judge(answer)).isEqualTo(new Drafted(why, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Stop retries | NOT_AS_ASKED",
        "{'answer':'Stop [A].'} | NOT_AS_ASKED",
        "{'answer':'Stop [A].','citations':'A'} | NOT_AS_ASKED",
        "{'answer':'Stop [A].','citations':[1]} | NOT_AS_ASKED",
        "{'answer':['Stop'],'citations':['A']} | NOT_AS_ASKED",
        "{'answer':'Stop [A].','citations':['A'],'severity':'sev4'} | NOT_AS_ASKED",
        "{'answer':'Stop [A].','citations':['A']} and more | NOT_AS_ASKED",
        "{'answer':'','citations':[]} | MODEL_ABSTAINED",
        "{'answer':'Stop [A].','citations':[]} | WRONG_CITATION",
        "{'answer':'Stop [A].','citations':['A','B']} | WRONG_CITATION",
      })
  void onlyWhatWasAskedForIsRead(String raw, Outcome why) {
    assertThat(Drafted.judge(ids(raw.replace('\'', '"')), GIVEN)).isEqualTo(new Drafted(why, ""));
  }

  @Test
  void whatIsTooLongIsRefusedAndNotCut() {
    assertThat(judge("Stop " + "now ".repeat(300) + "[A].").outcome()).isEqualTo(Outcome.TOO_LONG);
    assertThat(Drafted.judge("x".repeat(100_000), GIVEN).outcome()).isEqualTo(Outcome.TOO_LONG);
  }

  @Test
  void marksThatCannotBeSeenAreGone() {
    assertThat(judge("St\\u200bop\\u0007 [A].").text()).isEqualTo(ids("St op [A]."));
  }

  private static Drafted judge(String answer) {
    String said = ids(answer);
    List<String> cited =
        GIVEN.stream().map(Passage::id).filter(said::contains).map(id -> '"' + id + '"').toList();
    return Drafted.judge("{\"answer\":\"%s\",\"citations\":%s}".formatted(said, cited), GIVEN);
  }

  private static String ids(String text) {
    return text.replaceAll("(?<=[\\[', \"])A(?=[],'\"])", "psp-outage#first-moves")
        .replaceAll("(?<=[\\[', \"])B(?=[],'\"])", "policy/paging#handing-over");
  }
}
