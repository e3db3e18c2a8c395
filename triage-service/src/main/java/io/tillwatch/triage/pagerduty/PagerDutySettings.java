package io.tillwatch.triage.pagerduty;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.OutsideSettings;
import io.tillwatch.triage.outside.Routes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How PagerDuty is reached.
 *
 * @param routingKey integration key of the service that is paged by default
 * @param routes integration keys by route
 * @param eventsPerMinute most events sent with one key in any minute, our changes among them;
 *     PagerDuty takes about 120
 * @param changes whether our changes are shown beside PagerDuty's incidents
 * @param webhookSecrets what webhooks may be signed with, several while one is replaced; none
 *     closes the way in
 */
public record PagerDutySettings(
    DoorSettings door,
    Secret routingKey,
    Map<String, Secret> routes,
    int eventsPerMinute,
    boolean changes,
    List<Secret> webhookSecrets) {

  /** Where it is for accounts in the US; in Europe it is {@code events.eu.pagerduty.com}. */
  static final String BASE = "https://events.pagerduty.com";

  static final int EVENTS_PER_MINUTE_DEFAULT = 100;
  static final int WEBHOOK_SECRETS_MAX = 8;

  /** A shorter one could be guessed by whoever tries. */
  static final int WEBHOOK_SECRET_CHARACTERS_MIN = 16;

  /** Of a minute's events one in so many is kept for changes, if they are shown: pages go first. */
  private static final int CHANGES_SHARE = 10;

  private static final String SECTION = "triage.pagerduty";
  private static final String KEY = "routing-key";

  public PagerDutySettings {
    routes = Map.copyOf(routes);
    webhookSecrets = List.copyOf(webhookSecrets);
  }

  /**
   * Reads the keys below {@code triage.pagerduty}.
   *
   * @param chosen whether pages go there, so that the key has to be set
   */
  public static PagerDutySettings from(Settings settings, OutsideSettings outside, boolean chosen) {
    Secret routingKey = settings.secret(SECTION + "." + KEY);
    boolean changes = settings.flag(SECTION + ".changes", false);
    if ((chosen || changes) && !routingKey.isSet()) {
      settings.reject(
          SECTION + "." + KEY,
          "not set",
          "an integration key, or %s.%s-file, because %s"
              .formatted(
                  SECTION,
                  KEY,
                  chosen ? "triage.targets.pager is pagerduty" : SECTION + ".changes is true"));
    }
    Map<String, Secret> routes = new TreeMap<>();
    for (String name : Routes.names(settings, SECTION, Set.of(KEY))) {
      routes.put(name, settings.secret("%s.routes.%s.%s".formatted(SECTION, name, KEY)));
    }
    return new PagerDutySettings(
        DoorSettings.from(settings, SECTION, BASE, outside),
        routingKey,
        routes,
        settings.integer(
            SECTION + ".events-per-minute", EVENTS_PER_MINUTE_DEFAULT, changes ? 2 : 1, 10_000),
        changes,
        webhookSecrets(settings));
  }

  private static List<Secret> webhookSecrets(Settings settings) {
    String key = SECTION + ".webhook-secrets";
    Secret all = settings.secret(key);
    List<Secret> secrets = new ArrayList<>();
    if (all.isSet()) {
      Arrays.stream(all.reveal().split("[\\s,]+")).map(Secret::of).forEach(secrets::add);
      secrets.removeIf(secret -> !secret.isSet());
    }
    if (secrets.size() > WEBHOOK_SECRETS_MAX) {
      settings.reject(key, secrets.size() + " secrets", "at most " + WEBHOOK_SECRETS_MAX);
    }
    if (secrets.stream().anyMatch(s -> s.reveal().length() < WEBHOOK_SECRET_CHARACTERS_MIN)) {
      settings.reject(
          key,
          "a short one",
          "at least %d characters each".formatted(WEBHOOK_SECRET_CHARACTERS_MIN));
    }
    return secrets;
  }

  /** How many of a minute's events are kept for changes; none if they are not shown. */
  int changesPerMinute() {
    return changes ? Math.max(1, eventsPerMinute / CHANGES_SHARE) : 0;
  }

  /** Every secret that may go out. */
  List<Secret> keys() {
    List<Secret> keys = new ArrayList<>(routes.values());
    keys.add(routingKey);
    return keys;
  }
}
