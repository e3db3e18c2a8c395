package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An action as a block of text for a terminal.
 *
 * <pre>
 * ┌─ PAGE · SEV1 · INC-3F9A12C4 · 2026-11-20T09:42:00Z
 * │  northpay in eu-west: 23.1 % of authorisations approved, 92.4 % expected
 * │  since       2026-11-20T09:40:00Z
 * │  grafana     http://…
 * └─
 * </pre>
 */
final class Notice {

  private Notice() {}

  static String text(Action action) {
    StringBuilder text = new StringBuilder();
    text.append("┌─ ")
        .append(what(action))
        .append(" · ")
        .append(action.getSeverity())
        .append(" · ")
        .append(line(action.getIncidentId()))
        .append(" · ")
        .append(action.getCreatedAt().truncatedTo(ChronoUnit.SECONDS))
        .append('\n');
    text.append("│  ").append(line(action.getSummary())).append('\n');
    rows(text, action.getDetails());
    rows(text, action.getLinks());
    return text.append("└─\n").toString();
  }

  private static void rows(StringBuilder text, Map<String, String> rows) {
    new TreeMap<>(rows)
        .forEach(
            (name, value) -> text.append("│  %-18s %s%n".formatted(line(name), line(value))));
  }

  private static String what(Action action) {
    String verb = action.getVerb().name();
    return switch (action.getVerb()) {
      case TRIGGER -> action.getTarget() == ActionTarget.PAGER ? "PAGE" : verb;
      case RESOLVE -> action.getTarget() == ActionTarget.PAGER ? "RESOLVED" : verb;
      default -> action.getTarget().name() + " " + verb.toLowerCase(Locale.ROOT);
    };
  }

  /** One line whatever came in: a control character could redraw the terminal. */
  private static String line(String value) {
    return value.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
