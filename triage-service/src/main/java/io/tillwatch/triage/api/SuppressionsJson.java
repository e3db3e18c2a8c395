package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.rules.suppress.Inhibition;
import io.tillwatch.rules.suppress.Silence;
import io.tillwatch.rules.suppress.SuppressionRules;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.schemas.incident.SuppressionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What keeps people from being told, and what it swallowed, as far as the incidents are known that
 * it held back.
 *
 * @param suppressions silences first, then inhibitions, then what only incidents still remember
 * @param asOf time of the answer on the server's clock
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Suppressions")
record SuppressionsJson(
    List<SuppressionJson> suppressions, @Schema(format = "date-time") String asOf) {

  /** How long a silence that is over, and swallowed nothing, is still listed. */
  private static final Duration LATELY = Duration.ofDays(7);

  /** Incidents listed for one of them, the newest first; the sum is of all. */
  private static final int INCIDENTS_MAX = 100;

  private record Key(SuppressionKind kind, String name) {}

  private record Entry(Incident incident, Suppression suppression) {}

  static SuppressionsJson of(SuppressionRules rules, List<Incident> incidents, Instant now) {
    Map<Key, List<Entry>> held = new LinkedHashMap<>();
    for (Incident incident : incidents) {
      for (Suppression each : incident.getSuppressions()) {
        held.computeIfAbsent(new Key(each.getKind(), each.getName()), key -> new ArrayList<>())
            .add(new Entry(incident, each));
      }
    }
    List<SuppressionJson> all = new ArrayList<>();
    for (Silence silence : rules.silences()) {
      List<Entry> of = taken(held, SuppressionKind.SILENCE, silence.name());
      if (!of.isEmpty() || now.isBefore(silence.until().plus(LATELY))) {
        all.add(SuppressionJson.of(silence, of, now));
      }
    }
    for (Inhibition inhibition : rules.inhibitions()) {
      all.add(
          SuppressionJson.of(
              inhibition, taken(held, SuppressionKind.INHIBITION, inhibition.name())));
    }
    held.forEach((key, of) -> all.add(SuppressionJson.of(key, of)));
    return new SuppressionsJson(List.copyOf(all), now.toString());
  }

  private static List<Entry> taken(Map<Key, List<Entry>> held, SuppressionKind kind, String name) {
    return Optional.ofNullable(held.remove(new Key(kind, name))).orElse(List.of());
  }

  /**
   * One silence or inhibition.
   *
   * @param what which incidents, in words
   * @param from since when; null when it is not bound to a time
   * @param until until when
   * @param inForce whether it holds back what matches now
   * @param swallowed pages, tickets and messages, of feeds too, that were not sent because of it
   * @param incidents those it held back, the newest first
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Suppression")
  record SuppressionJson(
      @Schema(allowableValues = {"silence", "inhibition", "flapping", "other"}) String kind,
      String name,
      String what,
      String reason,
      String author,
      @Schema(format = "date-time", nullable = true) @Nullable String from,
      @Schema(format = "date-time", nullable = true) @Nullable String until,
      boolean inForce,
      int swallowed,
      List<HeldBackJson> incidents) {

    private static SuppressionJson of(Silence silence, List<Entry> held, Instant now) {
      return new SuppressionJson(
          Labels.of(SuppressionKind.SILENCE),
          silence.name(),
          silence.match().toString(),
          silence.reason(),
          silence.author(),
          silence.from().toString(),
          silence.until().toString(),
          silence.inForce(now),
          sum(held),
          listed(held));
    }

    private static SuppressionJson of(Inhibition inhibition, List<Entry> held) {
      return new SuppressionJson(
          Labels.of(SuppressionKind.INHIBITION),
          inhibition.name(),
          "%s, while there is %s".formatted(inhibition.target(), inhibition.source()),
          inhibition.reason(),
          "",
          null,
          null,
          true,
          sum(held),
          listed(held));
    }

    private static SuppressionJson of(Key key, List<Entry> held) {
      Suppression any = held.getFirst().suppression();
      boolean inForce = held.stream().anyMatch(each -> each.suppression().getUntil() == null);
      return new SuppressionJson(
          Labels.of(key.kind()),
          key.name(),
          "",
          any.getReason(),
          any.getAuthor(),
          null,
          null,
          inForce,
          sum(held),
          listed(held));
    }

    private static int sum(List<Entry> held) {
      return held.stream().mapToInt(each -> each.suppression().getSwallowed()).sum();
    }

    private static List<HeldBackJson> listed(List<Entry> held) {
      return held.stream()
          .limit(INCIDENTS_MAX)
          .map(each -> HeldBackJson.of(each.incident(), each.suppression()))
          .toList();
    }
  }

  /**
   * An incident that is or was held back.
   *
   * @param until null while it is
   * @param behind the incident in front of it; null for a silence
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "HeldBack")
  record HeldBackJson(
      String id,
      String severity,
      String title,
      @Schema(format = "date-time") String since,
      @Schema(format = "date-time", nullable = true) @Nullable String until,
      @Schema(nullable = true) @Nullable String behind,
      int swallowed) {

    private static HeldBackJson of(Incident incident, Suppression suppression) {
      Instant until = suppression.getUntil();
      return new HeldBackJson(
          incident.getIncidentId(),
          Labels.of(incident.getSeverity()),
          incident.getTitle(),
          suppression.getSince().toString(),
          until == null ? null : until.toString(),
          suppression.getBehind(),
          suppression.getSwallowed());
    }
  }
}
