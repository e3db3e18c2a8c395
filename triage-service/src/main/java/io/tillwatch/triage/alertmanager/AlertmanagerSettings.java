package io.tillwatch.triage.alertmanager;

import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.HookAddress;
import io.tillwatch.triage.outside.OutsideSettings;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who is told in Alertmanager's manner; keys below {@code triage.alertmanager}.
 *
 * @param address a webhook receiver, or an Alertmanager
 * @param door how it is reached
 * @param authorization the header {@code Authorization}, for example {@code Bearer …}; may be unset
 * @param receiver what the receiver is called in what it is told
 * @param severities the label {@code severity} by severity
 */
public record AlertmanagerSettings(
    Optional<HookAddress> address,
    DoorSettings door,
    Secret authorization,
    String receiver,
    Map<Severity, String> severities) {

  private static final String PREFIX = "triage.alertmanager";

  /** What Prometheus rules commonly say. */
  private static final Map<Severity, String> SEVERITIES =
      new EnumMap<>(
          Map.of(
              Severity.SEV1, "critical",
              Severity.SEV2, "critical",
              Severity.SEV3, "warning",
              Severity.SEV4, "info"));

  public AlertmanagerSettings {
    severities = Map.copyOf(severities);
  }

  /**
   * Reads the keys below {@code triage.alertmanager}.
   *
   * @param chosen whether it is in use, so that what is missing is a mistake
   */
  public static AlertmanagerSettings from(
      Settings settings, OutsideSettings outside, boolean chosen) {
    Optional<HookAddress> address = HookAddress.from(settings, PREFIX);
    if (chosen && address.isEmpty()) {
      settings.reject(PREFIX + ".url", "nothing", "the address of a receiver or an Alertmanager");
    }
    Map<Severity, String> severities = new EnumMap<>(Severity.class);
    SEVERITIES.forEach((severity, label) -> {
      String key = PREFIX + ".severities." + severity.name().toLowerCase(Locale.ROOT);
      severities.put(severity, settings.text(key, label));
    });
    return new AlertmanagerSettings(
        address,
        DoorSettings.from(
            settings, PREFIX, address.map(hook -> hook.origin().toString()).orElse(""), outside),
        settings.secret(PREFIX + ".authorization"),
        settings.text(PREFIX + ".receiver", "tillwatch"),
        severities);
  }
}
