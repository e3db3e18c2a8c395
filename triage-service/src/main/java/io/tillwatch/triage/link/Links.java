package io.tillwatch.triage.link;

import io.tillwatch.schemas.slice.Dimension;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Addresses of what shows one slice in one window: Grafana, our own page, the runbook.
 *
 * <p>Pure and thread-safe. Every value is percent-encoded, so no dimension value can add a
 * parameter, change the host or end a link early.
 *
 * @see <a href="https://grafana.com/docs/grafana/latest/dashboards/variables/">Grafana's template
 *     variables in addresses</a>
 */
public record Links(LinkSettings settings) {

  /** Name of the link to Grafana. */
  public static final String GRAFANA = "grafana";

  /** Name of the link to our own page. */
  public static final String TILLWATCH = "tillwatch";

  /** Name of the link to the runbook. */
  public static final String RUNBOOK = "runbook";

  /** From when to when. */
  public record Window(Instant from, Instant to) {}

  /**
   * All links of an incident by name; those without a base address are left out.
   *
   * @param slice value by dimension; an absent dimension is all
   * @param runbook name of the runbook
   */
  public Map<String, String> of(
      String incidentId, String kind, Map<String, String> slice, Window window, String runbook) {
    Map<String, String> links = new LinkedHashMap<>();
    URI grafana = settings.grafana();
    if (grafana != null) {
      links.put(GRAFANA, base(grafana) + grafanaPath(kind, slice, window));
    }
    URI own = settings.tillwatch();
    if (own != null) {
      links.put(TILLWATCH, base(own) + ownPath(incidentId, kind, slice, window));
      links.put(RUNBOOK, base(own) + "/runbooks/" + encoded(runbook));
    }
    return links;
  }

  private String grafanaPath(String kind, Map<String, String> slice, Window window) {
    StringJoiner query = new StringJoiner("&");
    query.add("orgId=" + settings.organisation());
    query.add("from=" + window.from().toEpochMilli());
    query.add("to=" + window.to().toEpochMilli());
    query.add("var-kind=" + encoded(kind));
    addSlice(query, "var-", slice);
    return "/d/%s/%s?%s"
        .formatted(encoded(settings.dashboardUid()), encoded(settings.dashboardSlug()), query);
  }

  private static String ownPath(
      String incidentId, String kind, Map<String, String> slice, Window window) {
    StringJoiner query = new StringJoiner("&");
    query.add("incident=" + encoded(incidentId));
    query.add("kind=" + encoded(kind));
    query.add("from=" + encoded(window.from().toString()));
    query.add("to=" + encoded(window.to().toString()));
    addSlice(query, "", slice);
    return "/?" + query;
  }

  private static void addSlice(StringJoiner query, String prefix, Map<String, String> slice) {
    for (Dimension dimension : Dimension.ALL) {
      String value = slice.get(dimension.label());
      if (value != null) {
        query.add(prefix + dimension.label() + "=" + encoded(value));
      }
    }
  }

  private static String base(URI uri) {
    String text = uri.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Percent-encoded for a path segment or a query alike. */
  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
