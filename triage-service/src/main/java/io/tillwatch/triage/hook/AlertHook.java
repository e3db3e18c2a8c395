package io.tillwatch.triage.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.schemas.card.CardNumbers;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import io.tillwatch.triage.wire.StableId;
import io.tillwatch.triage.wire.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the webhook of Alertmanager, version 4, and Grafana's, which has the same shape.
 *
 * <p>Labels that the settings give a dimension are kept under the dimension's name too, so that
 * whoever reads the topic need not know how this site calls things.
 *
 * @see <a
 *     href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">Alertmanager,
 *     webhook_config</a>
 * @see <a
 *     href="https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/">Grafana,
 *     webhook notifier</a>
 */
public final class AlertHook {

  /** Alerts of one delivery that are read; a longer one is refused as a whole. */
  public static final int ALERTS_MAX = 256;

  private static final String ALERTMANAGER = "alertmanager";
  private static final String GRAFANA = "grafana";
  private static final int LABELS_MAX = 32;
  private static final int NAME_MAX = 128;
  private static final int VALUE_MAX = 256;
  private static final int SUMMARY_MAX = 256;
  private static final int LINK_MAX = 2_048;

  private final String source;
  private final Map<String, Dimension> dimensions;
  private final Instant now;

  private AlertHook(String source, Map<String, Dimension> dimensions, Instant now) {
    this.source = source;
    this.dimensions = dimensions;
    this.now = now;
  }

  /**
   * The alerts of a delivery, in its order.
   *
   * @param now when it came
   * @throws Unreadable when it is not of this shape
   */
  public static List<ExternalAlert> read(JsonNode body, HookSettings settings, Instant now)
      throws Unreadable {
    JsonNode alerts = body.path("alerts");
    if (!alerts.isArray()) {
      throw new Unreadable("no list 'alerts', expected Alertmanager's webhook of version 4");
    }
    if (alerts.size() > ALERTS_MAX) {
      throw new Unreadable(
          "%d alerts, expected at most %d: set max_alerts".formatted(alerts.size(), ALERTS_MAX));
    }
    AlertHook hook =
        new AlertHook(body.has("orgId") ? GRAFANA : ALERTMANAGER, settings.labels(), now);
    List<ExternalAlert> read = new ArrayList<>();
    for (JsonNode alert : alerts) {
      read.add(hook.alert(alert));
    }
    return List.copyOf(read);
  }

  private ExternalAlert alert(JsonNode alert) throws Unreadable {
    Instant startsAt =
        Texts.time(alert.path("startsAt").asText(""))
            .orElseThrow(() -> new Unreadable("an alert has no time 'startsAt'"));
    boolean resolved = "resolved".equals(alert.path("status").asText(""));
    Map<String, String> labels = labels(alert.path("labels"));
    String name = labels.getOrDefault("alertname", "alert");
    return ExternalAlert.newBuilder()
        .setAlertId(id(alert, labels))
        .setSource(source)
        .setName(name)
        .setResolved(resolved)
        .setLabels(labels)
        .setSummary(summary(alert.path("annotations"), name))
        .setLink(link(alert))
        .setStartsAt(startsAt)
        .setAt(resolved ? endsAt(alert, startsAt) : now)
        .build();
  }

  /** An alert that still fires has an end in the year 1, or in the future. */
  private Instant endsAt(JsonNode alert, Instant startsAt) {
    return Texts.time(alert.path("endsAt").asText(""))
        .filter(end -> !end.isBefore(startsAt) && !end.isAfter(now))
        .orElse(now);
  }

  private String id(JsonNode alert, Map<String, String> labels) {
    String fingerprint = Texts.line(alert.path("fingerprint"), NAME_MAX);
    return fingerprint.isEmpty() || CardNumbers.isInName(fingerprint)
        ? StableId.of(source, fingerprint, labels.toString())
        : fingerprint;
  }

  /** What names a place in the payments comes first: it must not fall to the limit. */
  private Map<String, String> labels(JsonNode given) {
    Map<String, String> labels = new LinkedHashMap<>();
    given
        .properties()
        .forEach(label ->
            dimension(label.getKey())
                .ifPresent(dimension -> put(labels, dimension.label(), label.getValue())));
    put(labels, "alertname", given.path("alertname"));
    given.properties().forEach(label -> put(labels, label.getKey(), label.getValue()));
    return labels;
  }

  private Optional<Dimension> dimension(String label) {
    Dimension configured = dimensions.get(label);
    return configured != null ? Optional.of(configured) : Dimension.byLabel(label);
  }

  private static void put(Map<String, String> labels, String name, JsonNode value) {
    String text = Texts.line(value, VALUE_MAX);
    if (labels.size() < LABELS_MAX && name.length() <= NAME_MAX && !text.isEmpty()) {
      labels.putIfAbsent(name, text);
    }
  }

  private static String summary(JsonNode annotations, String name) {
    return Stream.of("summary", "description", "message")
        .map(annotation -> Texts.line(annotations.path(annotation), SUMMARY_MAX))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse(Texts.line(name, SUMMARY_MAX));
  }

  private static @Nullable String link(JsonNode alert) {
    return Stream.of("panelURL", "dashboardURL", "generatorURL")
        .map(name -> Texts.line(alert.path(name), LINK_MAX))
        .filter(link -> link.startsWith("https://") || link.startsWith("http://"))
        .findFirst()
        .orElse(null);
  }
}
