package io.tillwatch.standalone.evaluate.safety;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.advice.Adviser;
import io.tillwatch.triage.gateway.policy.Disclosure;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.library.Library;
import io.tillwatch.triage.model.Model;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.IndexedRecord;

/**
 * What a drill is made with. A suite that never fails shows nothing: what weakens one of these has
 * to be told by the checks it is told apart by.
 *
 * @param policy what may be said of a record to a model
 * @param model the way to the model, given that of production
 * @param shown the incident as people see it, given that of the desk
 * @param redactor takes out of a text what may not stay
 */
record Equipment(
    Function<IndexedRecord, Disclosure> policy,
    UnaryOperator<Model> model,
    UnaryOperator<Incident> shown,
    UnaryOperator<String> redactor) {

  /** All of production. */
  static Equipment ofProduction() {
    return new Equipment(
        PromptPolicy.shipped()::disclose,
        model -> model,
        incident -> incident,
        text -> new Redactor().redact(text));
  }

  /** Who is asked for advice, by this model. */
  Adviser adviser(Model behind, RuleBook rules) {
    return new Adviser(
        model.apply(behind), policy, () -> rules, Library.of(rules::runbooks, List.of())::ids);
  }
}
