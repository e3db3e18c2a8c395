package io.tillwatch.triage.api;

import io.tillwatch.rules.version.RulesInForce;
import io.tillwatch.triage.gateway.PromptGateway;
import io.tillwatch.triage.library.Librarian;
import io.tillwatch.triage.pagerduty.PagerHook;
import io.tillwatch.triage.view.IncidentView;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the HTTP side works on: the one bean that the role's starter hands in.
 *
 * @param incidents the read model
 * @param loaded whether the read model holds all that was committed before the start
 * @param clock the server's clock; a simulation moves it faster
 * @param cellsUrl where the first page asks for cells, scheme, host and port; empty for the page's
 *     own origin
 * @param rules what is in force; its runbooks are what incidents link to as {@code
 *     /runbooks/<name>}
 * @param vitals named parts of the role and whether each is well
 * @param writing how what comes in gets onto a topic, and who may send it
 * @param pagerHook the way in for PagerDuty's webhooks
 * @param gateway the way to a model; empty when none is configured
 * @param librarian who answers questions from runbooks, policy documents and reviewed incidents
 */
public record TriageDoor(
    IncidentView incidents,
    BooleanSupplier loaded,
    InstantSource clock,
    String cellsUrl,
    RulesInForce rules,
    Supplier<Map<String, Boolean>> vitals,
    Writing writing,
    PagerHook pagerHook,
    Optional<PromptGateway> gateway,
    Librarian librarian) {}
