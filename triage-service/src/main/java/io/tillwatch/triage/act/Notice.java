package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.wire.Texts;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An action as text for a terminal: a page as a block, anything else as one line.
 *
 * <pre>
 * ┌─ PAGE · SEV1 · INC-3F9A12C4D07E · 2026-11-20T09:42:00Z
 * │  northpay in eu-west: 23.1 % of authorisations approved, 92.4 % expected
 * │  since              2026-11-20T09:40:00Z
 * │  grafana            http://…
 * └─
 * ── ticket create · SEV1 · INC-3F9A12C4D07E · northpay in eu-west: …
 * </pre>
 */
final class Notice {

  private Notice() {}

  static String text(Action action) {
    return action.getTarget() == ActionTarget.PAGER && action.getVerb() == ActionVerb.TRIGGER
        ? page(action)
        : "── %s %s · %s · %s · %s\n"
            .formatted(
                lower(action.getTarget()),
                lower(action.getVerb()),
                action.getSeverity(),
                Texts.line(action.getIncidentId()),
                Texts.line(action.getSummary()));
  }

  private static String page(Action action) {
    StringBuilder text = new StringBuilder();
    text.append(
        "┌─ PAGE · %s · %s · %s\n"
            .formatted(
                action.getSeverity(),
                Texts.line(action.getIncidentId()),
                action.getCreatedAt().truncatedTo(ChronoUnit.SECONDS)));
    text.append("│  %s\n".formatted(Texts.line(action.getSummary())));
    rows(text, action.getDetails());
    rows(text, action.getLinks());
    return text.append("└─\n").toString();
  }

  private static void rows(StringBuilder text, Map<String, String> rows) {
    new TreeMap<>(rows)
        .forEach((name, value) ->
            text.append("│  %-18s %s\n".formatted(Texts.line(name), Texts.line(value))));
  }

  private static String lower(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT);
  }
}
