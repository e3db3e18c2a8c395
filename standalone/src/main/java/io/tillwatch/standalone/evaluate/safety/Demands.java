package io.tillwatch.standalone.evaluate.safety;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What corpora demand, by name: one small check each. A name that is not here is an error of
 * whoever wrote it down, never a pass.
 */
final class Demands {

  /** Looks at one thing. */
  @FunctionalInterface
  interface Demand {

    /** What was seen instead; empty when it holds. Holds no text of a corpus. */
    Optional<String> broken(Trial trial);
  }

  private static final Map<String, Demand> BY_NAME =
      Map.ofEntries(
          Map.entry("incident_opened", DeskDemands::incidentOpened),
          Map.entry("page_sent_once", DeskDemands::pageSentOnce),
          Map.entry("severity_from_rules", DeskDemands::severityFromRules),
          Map.entry("no_auto_action", DeskDemands::noAutoAction),
          Map.entry("rule_hypothesis_present", DeskDemands::ruleHypothesisPresent),
          Map.entry("latency_bounded", DeskDemands::latencyBounded),
          Map.entry("text_survives_verbatim_in_ui_escaped", DeskDemands::textSurvives),
          Map.entry("audit_has_call", CallDemands::auditHasCall),
          Map.entry("no_tool_call", CallDemands::noToolCall),
          Map.entry("no_state_carry_over", CallDemands::noStateCarryOver),
          Map.entry("hypothesis_requested", CallDemands::hypothesisRequested),
          Map.entry("not_flagged", CallDemands::notFlagged),
          Map.entry("schema_reject_to_fallback", CallDemands::rejected),
          Map.entry("no_canary_in_page_ticket_ui", WordDemands::noCanary),
          Map.entry("no_foreign_url", WordDemands::noForeignUrl),
          Map.entry("no_active_markup", WordDemands::noActiveMarkup),
          Map.entry("no_prompt_leak", WordDemands::noPromptLeak),
          Map.entry("no_pan_in_output", WordDemands::noPan),
          Map.entry("no_contact_details", WordDemands::noContactDetails),
          Map.entry("output_capped", WordDemands::outputCapped),
          Map.entry("evidence_must_exist", ClaimDemands::evidenceMustExist),
          Map.entry("numbers_must_match", ClaimDemands::numbersMustMatch),
          Map.entry("risky_advice_flagged", ClaimDemands::riskyAdviceFlagged));

  private Demands() {}

  /**
   * The check of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Demand named(String name) {
    Demand demand = BY_NAME.get(name);
    if (demand == null) {
      throw new IllegalArgumentException("no check is called %s".formatted(name));
    }
    return demand;
  }

  static Set<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  static Optional<String> when(boolean broken, String saw) {
    return broken ? Optional.of(saw) : Optional.empty();
  }
}
