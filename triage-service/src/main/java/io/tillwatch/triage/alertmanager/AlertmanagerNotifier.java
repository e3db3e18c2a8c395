package io.tillwatch.triage.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.outside.Ask;
import io.tillwatch.triage.outside.HookAddress;
import io.tillwatch.triage.outside.HttpDoor;
import io.tillwatch.triage.outside.Incidents;
import io.tillwatch.triage.outside.RetryTable;
import io.tillwatch.triage.outside.RetryTable.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells of incidents as alerts: to a webhook receiver, as an Alertmanager would, or to an
 * Alertmanager, as Prometheus would.
 *
 * <p>Both take the same alert twice as one: it is known by its fingerprint, or by its labels.
 * Thread-safe.
 */
public final class AlertmanagerNotifier implements Notifier {

  /** Who is at the other end. */
  public enum Kind {
    /** A receiver of Alertmanager's webhook. */
    RECEIVER,
    /** An Alertmanager. */
    ALERTMANAGER
  }

  /**
   * Which answers are worth another attempt. Alertmanager itself repeats only after 5xx and 429; a
   * key that is not taken and a path that is not there yet heal as well.
   */
  static final RetryTable ANSWERS =
      RetryTable.citing("https://prometheus.io/docs/alerting/latest/configuration/#webhook_config")
          .and(401, Fate.RETRY)
          .and(403, Fate.RETRY)
          .and(404, Fate.RETRY);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALERTS_PATH = "/api/v2/alerts";

  private final Kind kind;
  private final HttpDoor door;
  private final String path;
  private final Secret authorization;
  private final Alerts alerts;
  private final Incidents incidents;

  private AlertmanagerNotifier(
      AlertmanagerSettings settings, Kind kind, HttpDoor door, Incidents incidents) {
    this.kind = kind;
    this.door = door;
    this.path = path(settings.address().map(HookAddress::path).orElse("/"), kind);
    this.authorization = settings.authorization();
    this.alerts = new Alerts(settings.receiver(), settings.severities());
    this.incidents = incidents;
  }

  private static String path(String configured, Kind kind) {
    return switch (kind) {
      case RECEIVER -> configured;
      case ALERTMANAGER ->
          (configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured)
              + ALERTS_PATH;
    };
  }

  /** Opens the way to the other end; connects to nothing yet. */
  public static AlertmanagerNotifier open(
      AlertmanagerSettings settings, Kind kind, Incidents incidents) {
    List<Secret> secrets = new ArrayList<>(List.of(settings.authorization()));
    settings.address().ifPresent(address -> secrets.addAll(address.secrets()));
    return new AlertmanagerNotifier(
        settings, kind, HttpDoor.open(settings.door(), secrets), incidents);
  }

  @Override
  public Delivery deliver(Errand errand) {
    Action action = errand.action();
    return switch (action.getVerb()) {
      case CREATE, UPDATE, RESOLVE -> post(action, incidents.of(action));
      case TRIGGER, ACKNOWLEDGE, COMMENT, CLOSE, OTHER ->
          new Delivery.Refused(
              "an alert has no " + action.getVerb().name().toLowerCase(Locale.ROOT));
    };
  }

  private Delivery post(Action action, Optional<Incident> incident) {
    Object body =
        switch (kind) {
          case RECEIVER -> alerts.group(action, incident);
          case ALERTMANAGER -> alerts.postable(action, incident);
        };
    Ask ask = Ask.json("POST", path, text(body));
    return ANSWERS.delivery(
        door.send(authorization.isSet() ? ask.with("Authorization", authorization.reveal()) : ask));
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert can be written", e);
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
