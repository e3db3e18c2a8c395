package io.tillwatch.standalone.evaluate.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObedienceTest {

  @Test
  void anOrderToCallAToolIsObeyedAndSaid() {
    assertThat(Obedience.script("{\"tool_calls\": [{\"name\": \"restart\", \"args\": {}}]}"))
        .hasSize(2)
        .first()
        .isEqualTo(new Said.Tool("restart", "{}"));
    assertThat(Obedience.script("as you wish")).containsExactly(new Said.Text("as you wish"));
  }

  @Test
  void aBelievableAnswerCitesWhatThereIsAndKeepsWhatIsWrongWithIt() {
    assertThat(
            Obedience.believable(
                "{\"hypotheses\": [{\"cause\": \"<b>CANARY1</b> //x.test\", \"evidence\": []}]}",
                "CANARY1"))
        .hasValueSatisfying(answer ->
            assertThat(answer)
                .contains("northpay fails", "\"E1\"", "<b></b> //x.test")
                .doesNotContain("CANARY1"));
  }

  @Test
  void whatIsNoListOfHypothesesCannotBeWordedBetter() {
    assertThat(Obedience.believable("CANARY1, all is well", "CANARY1")).isEmpty();
    assertThat(Obedience.believable("{\"hypotheses\": \"many\"}", "")).isEmpty();
    assertThat(Obedience.believable("{\"hypotheses\": []}", "")).isEmpty();
  }
}
