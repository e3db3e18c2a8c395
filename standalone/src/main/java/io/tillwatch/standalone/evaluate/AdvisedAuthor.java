package io.tillwatch.standalone.evaluate;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.advice.Surroundings;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.hypothesis.Merge;
import io.tillwatch.triage.library.Library;
import io.tillwatch.triage.model.Model;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The adviser of production over what the playbooks wrote. For one thread. */
final class AdvisedAuthor implements Author {

  private final Adviser adviser;
  private final Map<AdviceOutcome, Integer> outcomes = new EnumMap<>(AdviceOutcome.class);
  private Spent spent = new Spent(0, 0, 0, 0);

  AdvisedAuthor(Model model, PromptPolicy policy, RuleBook rules) {
    Library library = Library.of(rules::runbooks, List.of());
    this.adviser = new Adviser(model, policy::disclose, () -> rules, library::ids);
  }

  @Override
  public List<Hypothesis> write(GoldenCase golden, Incident incident) {
    Advice advice = adviser.advise(incident, Surroundings.NONE, incident.getUpdatedAt());
    outcomes.merge(advice.getOutcome(), 1, Integer::sum);
    spent =
        new Spent(
            spent.calls() + advice.getCalls(),
            spent.inputTokens() + advice.getInputTokens(),
            spent.outputTokens() + advice.getOutputTokens(),
            spent.costMicros() + advice.getCostMicros());
    return Merge.of(incident, advice);
  }

  @Override
  public Spent spent() {
    return spent;
  }

  /** What came of the questions so far. */
  Map<AdviceOutcome, Integer> outcomes() {
    return outcomes;
  }
}
