package io.tillwatch.triage.alertmanager;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.SortedMap;

/**
 * An alert as it is handed to an Alertmanager ({@code POST /api/v2/alerts}).
 *
 * @param startsAt when it began, RFC 3339
 * @param endsAt when it ended, or when it counts as over if nothing more is heard of it
 * @param generatorURL where it can be looked at
 */
@JsonPropertyOrder({"labels", "annotations", "startsAt", "endsAt", "generatorURL"})
record PostableAlert(
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    String startsAt,
    String endsAt,
    String generatorURL) {}
