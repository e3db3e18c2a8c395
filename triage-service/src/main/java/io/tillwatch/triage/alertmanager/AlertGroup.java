package io.tillwatch.triage.alertmanager;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.SortedMap;

/**
 * What Alertmanager posts to a webhook receiver, version 4: one group of alerts.
 *
 * @param receiver name of the receiver
 * @param status {@code firing} while any alert is, otherwise {@code resolved}
 * @param externalURL base of our own pages
 * @param groupKey what a receiver knows the group by
 * @param truncatedAlerts alerts that were left out
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">Webhook
 *     of Alertmanager</a>
 */
@JsonPropertyOrder({
  "receiver",
  "status",
  "alerts",
  "groupLabels",
  "commonLabels",
  "commonAnnotations",
  "externalURL",
  "version",
  "groupKey",
  "truncatedAlerts"
})
record AlertGroup(
    String receiver,
    String status,
    List<Alert> alerts,
    SortedMap<String, String> groupLabels,
    SortedMap<String, String> commonLabels,
    SortedMap<String, String> commonAnnotations,
    String externalURL,
    String version,
    String groupKey,
    int truncatedAlerts) {

  static final String VERSION = "4";
  static final String FIRING = "firing";
  static final String RESOLVED = "resolved";

  /** What stands for an end that has not come. */
  static final String NOT_ENDED = "0001-01-01T00:00:00Z";

  /**
   * One alert of the group.
   *
   * @param startsAt when it began, RFC 3339
   * @param endsAt when it ended; {@link #NOT_ENDED} before
   * @param generatorURL where it can be looked at
   * @param fingerprint what a receiver knows it by
   */
  @JsonPropertyOrder({
    "status",
    "labels",
    "annotations",
    "startsAt",
    "endsAt",
    "generatorURL",
    "fingerprint"
  })
  record Alert(
      String status,
      SortedMap<String, String> labels,
      SortedMap<String, String> annotations,
      String startsAt,
      String endsAt,
      String generatorURL,
      String fingerprint) {}
}
