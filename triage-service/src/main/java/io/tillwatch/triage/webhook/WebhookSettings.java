package io.tillwatch.triage.webhook;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.HookAddress;
import io.tillwatch.triage.outside.OutsideSettings;
import java.util.Optional;

/**
 * Where webhooks go and what they are signed with; keys below {@code triage.webhook}.
 *
 * @param address the receiver
 * @param door how it is reached
 * @param secret one or two signing keys, as {@link SigningKeys} reads them
 */
public record WebhookSettings(Optional<HookAddress> address, DoorSettings door, Secret secret) {

  private static final String PREFIX = "triage.webhook";

  /**
   * Reads the keys below {@code triage.webhook}.
   *
   * @param chosen whether it is in use, so that what is missing is a mistake
   */
  public static WebhookSettings from(Settings settings, OutsideSettings outside, boolean chosen) {
    Optional<HookAddress> address = HookAddress.from(settings, PREFIX);
    String origin = address.map(hook -> hook.origin().toString()).orElse("");
    WebhookSettings read =
        new WebhookSettings(
            address,
            DoorSettings.from(settings, PREFIX, origin, outside),
            settings.secret(PREFIX + ".secret"));
    if (chosen && address.isEmpty()) {
      settings.reject(PREFIX + ".url", "nothing", "the address of the receiver");
    }
    read.checkSecret(settings, chosen);
    return read;
  }

  private void checkSecret(Settings settings, boolean chosen) {
    String key = PREFIX + ".secret";
    if (secret.isSet()) {
      try {
        SigningKeys.of(secret);
      } catch (IllegalArgumentException e) {
        settings.reject(key, "not of that form", SigningKeys.EXPECTED);
      }
    } else if (chosen) {
      settings.reject(key, "nothing", SigningKeys.EXPECTED + ", or " + key + "-file");
    }
  }
}
