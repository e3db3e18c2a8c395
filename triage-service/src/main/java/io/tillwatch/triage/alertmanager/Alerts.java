package io.tillwatch.triage.alertmanager;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.triage.link.Links;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An incident in the shape of an alert: a group of one, known by the incident's id.
 *
 * <p>What identifies the alert ({@code alertname}, {@code incident}, {@code tenant}) never changes;
 * its fingerprint is made of that alone, so that a receiver takes a worse severity or a further
 * root cell as the same alert. Pure.
 */
final class Alerts {

  static final String ALERT_NAME = "PaymentIncident";

  /**
   * How long an Alertmanager holds an alert for live that we say nothing more of: longer than an
   * incident without news is kept open.
   */
  static final Duration HELD_FOR = Duration.ofDays(2);

  private static final int VALUE_CHARACTERS_MAX = 1_024;
  private static final String SEVERITY = "severity";
  private static final List<Severity> SEVERITIES =
      List.of(Severity.SEV1, Severity.SEV2, Severity.SEV3, Severity.SEV4);

  private final String receiver;
  private final Map<Severity, String> severities;

  /**
   * Alerts for one receiver.
   *
   * @param receiver its name
   * @param severities what it calls each severity
   */
  Alerts(String receiver, Map<Severity, String> severities) {
    this.receiver = receiver;
    this.severities = Map.copyOf(severities);
  }

  /** What a webhook receiver is posted. */
  AlertGroup group(Action action, Optional<Incident> incident) {
    SortedMap<String, String> identity = identity(action);
    SortedMap<String, String> labels = new TreeMap<>(identity);
    incident.ifPresent(known -> labels.putAll(places(known)));
    labels.put(SEVERITY, severity(action.getSeverity()));
    SortedMap<String, String> annotations = annotations(action);
    boolean over = over(action);
    AlertGroup.Alert alert =
        new AlertGroup.Alert(
            over ? AlertGroup.RESOLVED : AlertGroup.FIRING,
            labels,
            annotations,
            startedAt(action, incident).toString(),
            over ? action.getCreatedAt().toString() : AlertGroup.NOT_ENDED,
            page(action),
            Fingerprint.of(identity));
    SortedMap<String, String> group = new TreeMap<>(identity);
    group.remove("tenant");
    return new AlertGroup(
        receiver,
        alert.status(),
        List.of(alert),
        group,
        labels,
        annotations,
        base(page(action)),
        AlertGroup.VERSION,
        groupKey(group),
        0);
  }

  /**
   * What an Alertmanager is handed. It tells alerts apart by all their labels: so there are those
   * that identify it and the severity, which it routes by; the alert under any other severity ends.
   */
  List<PostableAlert> postable(Action action, Optional<Incident> incident) {
    List<PostableAlert> alerts = new ArrayList<>();
    String now = severity(action.getSeverity());
    Instant decided = action.getCreatedAt();
    Instant start = startedAt(action, incident);
    Instant end = over(action) ? decided : decided.plus(HELD_FOR);
    alerts.add(postable(action, now, start, end));
    SEVERITIES.stream()
        .map(this::severity)
        .distinct()
        .filter(other -> !other.equals(now))
        .forEach(other -> alerts.add(postable(action, other, start, decided)));
    return alerts;
  }

  private static PostableAlert postable(
      Action action, String severity, Instant start, Instant end) {
    SortedMap<String, String> labels = identity(action);
    labels.put(SEVERITY, severity);
    return new PostableAlert(
        labels,
        annotations(action),
        (start.isBefore(end) ? start : end).toString(),
        end.toString(),
        page(action));
  }

  private static SortedMap<String, String> identity(Action action) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("alertname", ALERT_NAME);
    labels.put("incident", action.getIncidentId());
    labels.put("tenant", action.getTenant());
    return labels;
  }

  /** What the root cell fixes, and what broke: what receivers route by. */
  private static Map<String, String> places(Incident incident) {
    Map<String, String> labels = new TreeMap<>();
    if (!incident.getRootCells().isEmpty()) {
      incident
          .getRootCells()
          .getFirst()
          .getSlice()
          .forEach((dimension, value) -> labels.put(labelName(dimension), line(value)));
    }
    labels.put("class", Phrases.label(incident.getIncidentClass()));
    labels.put("owner", Phrases.label(incident.getOwner()));
    return labels;
  }

  private static SortedMap<String, String> annotations(Action action) {
    SortedMap<String, String> annotations = new TreeMap<>();
    action.getDetails().forEach((name, value) -> annotations.put(labelName(name), line(value)));
    annotations.put("summary", line(action.getSummary()));
    put(annotations, "runbook_url", action.getLinks().get(Links.RUNBOOK));
    put(annotations, "dashboard_url", action.getLinks().get(Links.GRAFANA));
    return annotations;
  }

  private static void put(Map<String, String> to, String name, @Nullable String value) {
    if (value != null) {
      to.put(name, value);
    }
  }

  /** A name as Prometheus writes them: {@code approvalsLost} becomes {@code approvals_lost}. */
  private static String labelName(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^a-zA-Z0-9_]", "_")
        .toLowerCase(Locale.ROOT);
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ");
    return line.length() <= VALUE_CHARACTERS_MAX ? line : line.substring(0, VALUE_CHARACTERS_MAX);
  }

  private static boolean over(Action action) {
    return action.getVerb() == ActionVerb.RESOLVE || action.getVerb() == ActionVerb.CLOSE;
  }

  private static Instant startedAt(Action action, Optional<Incident> incident) {
    return incident.map(Incident::getStartedAt).orElse(action.getCreatedAt());
  }

  private String severity(Severity severity) {
    return severities.getOrDefault(severity, Phrases.label(severity));
  }

  private static String page(Action action) {
    return action.getLinks().getOrDefault(Links.TILLWATCH, "");
  }

  /** The address up to its path. */
  private static String base(String page) {
    int path = page.indexOf('/', page.indexOf("://") + "://".length());
    return path < 0 ? page : page.substring(0, path);
  }

  private static String groupKey(SortedMap<String, String> group) {
    return group.entrySet().stream()
        .map(label -> "%s=\"%s\"".formatted(label.getKey(), escaped(label.getValue())))
        .collect(Collectors.joining(", ", "{}:{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
