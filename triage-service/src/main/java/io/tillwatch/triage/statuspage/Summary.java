package io.tillwatch.triage.statuspage;

import io.tillwatch.schemas.event.StatusIndicator;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a status page says at one time.
 *
 * @param parts its components by id, without groups, which only sum up their parts
 * @param troubles its unresolved incidents and the maintenance under way, by id
 */
record Summary(Map<String, Part> parts, Map<String, Trouble> troubles) {

  Summary {
    parts = Map.copyOf(parts);
    troubles = Map.copyOf(troubles);
  }

  /**
   * One component.
   *
   * @param status in the page's word, for example {@code partial_outage}
   * @param since when the page last touched it
   */
  record Part(String id, String name, String status, StatusIndicator indicator, Instant since) {}

  /**
   * An incident or a maintenance.
   *
   * @param status in the page's word, for example {@code investigating}
   * @param since when it came into this status
   * @param startedAt when the page says it began
   * @param parts names of the components it touches by id; empty when it names none
   */
  record Trouble(
      String id,
      String name,
      String status,
      StatusIndicator indicator,
      Instant since,
      Instant startedAt,
      @Nullable String link,
      Map<String, String> parts) {

    Trouble {
      parts = Map.copyOf(parts);
    }
  }
}
