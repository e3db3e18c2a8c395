package io.tillwatch.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Goal: a changed prompt, or a worse reading of answers, is seen without a model.
 *
 * <p>Method: the first case of each class of the golden set's test half, and what was answered to
 * its prompts, found by their hash. No model could be asked: a stand-in behind HTTP wrote the
 * answers, which backs the first two playbooks and adds a cause that cites what is not there. After
 * a change of prompt, policy or playbooks, answers are recorded anew with {@code evaluate --model
 * --record}.
 */
class RecordedAnswersTest {

  private static final RuleBook RULES = RuleBook.defaults();

  @Test
  void answersToThesePromptsAreKnownAndLeaveTheAnswerAsGood() throws Exception {
    Path answers = Path.of(Objects.requireNonNull(getClass().getResource("recorded")).toURI());
    AdvisedAuthor author =
        new AdvisedAuthor(new RecordedModel(answers), PromptPolicy.shipped(Writers.KEY), RULES);
    List<GoldenCase> cases = oneOfEachClass();

    Evaluation advised = Evaluation.of(cases, RULES, author);
    Evaluation alone = Evaluation.of(cases, RULES, Author.playbooks());

    assertThat(author.outcomes().keySet())
        .as("outcomes %s: was a prompt changed?", author.outcomes())
        .isSubsetOf(AdviceOutcome.ADVISED, AdviceOutcome.ABSTAINED);
    assertThat(author.outcomes().get(AdviceOutcome.ADVISED)).isGreaterThan(30);
    assertThat(advised.told().uncitedShown()).isZero();
    assertThat(advised.ended().uncitedShown()).isZero();
    assertThat(advised.told().classMicroF1()).isEqualTo(alone.told().classMicroF1());
    assertThat(advised.told().causeTop(1)).isGreaterThanOrEqualTo(alone.told().causeTop(1));
  }

  private static List<GoldenCase> oneOfEachClass() {
    Set<IncidentClass> seen = EnumSet.noneOf(IncidentClass.class);
    List<GoldenCase> cases = new ArrayList<>();
    for (GoldenCase each : CaseFiles.golden()) {
      if (each.seed() == CaseFiles.TEST_SEED && seen.add(each.label().incidentClass())) {
        cases.add(each);
      }
    }
    return cases;
  }
}
