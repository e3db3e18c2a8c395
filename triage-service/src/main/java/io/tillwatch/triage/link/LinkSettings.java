package io.tillwatch.triage.link;

import io.tillwatch.triage.outside.WebAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Base addresses of what links point to; a base that is null leaves its links out.
 *
 * @param tillwatch base of our own pages and runbooks, for example {@code http://localhost:8080}
 * @param grafana base of Grafana, for example {@code https://grafana.example.com}
 * @param dashboardUid uid of the dashboard there
 * @param dashboardSlug its slug
 * @param organisation Grafana organisation, from 1
 */
public record LinkSettings(
    @Nullable URI tillwatch,
    @Nullable URI grafana,
    String dashboardUid,
    String dashboardSlug,
    int organisation) {

  /** Uid of the dashboard the chart ships. */
  public static final String DASHBOARD_UID_DEFAULT = "tillwatch-payments";

  public LinkSettings {
    requireWeb("tillwatch", tillwatch);
    requireWeb("grafana", grafana);
    if (organisation < 1) {
      throw new IllegalArgumentException("organisation %d, expected >= 1".formatted(organisation));
    }
  }

  /** No Grafana, our own pages at this address. */
  public static LinkSettings local(URI tillwatch) {
    return new LinkSettings(tillwatch, null, DASHBOARD_UID_DEFAULT, DASHBOARD_UID_DEFAULT, 1);
  }

  /** With a Grafana that has the dashboard the chart ships. */
  public LinkSettings withGrafana(URI base) {
    return new LinkSettings(tillwatch, base, dashboardUid, dashboardSlug, organisation);
  }

  private static void requireWeb(String name, @Nullable URI base) {
    if (base != null && WebAddress.parsed(base.toString()).isEmpty()) {
      throw new IllegalArgumentException(
          "%s base %s, expected %s"
              .formatted(name, WebAddress.shown(base.toString()), WebAddress.EXPECTED));
    }
  }
}
