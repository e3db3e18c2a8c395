package io.tillwatch.triage.hook;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.hook.Where.ScopeRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whom we listen to. A sender without a secret is not listened to at all.
 *
 * @param github secrets of GitHub's webhooks: the one in force, and the one before while it is
 *     being replaced
 * @param gitlab tokens of GitLab's webhooks, likewise
 * @param alerts tokens of Alertmanager's and Grafana's webhooks, likewise
 * @param where what a deployment touches
 * @param labels dimension by label of an alert, for labels that are not called as dimensions are
 */
public record HookSettings(
    Secrets github, Secrets gitlab, Secrets alerts, Where where, Map<String, Dimension> labels) {

  /** Nobody is listened to. */
  public static final HookSettings NONE =
      new HookSettings(
          Secrets.NONE,
          Secrets.NONE,
          Secrets.NONE,
          new Where(Where.PRODUCTION, List.of()),
          Map.of());

  private static final String SCOPES = "triage.hooks.scopes";
  private static final String LABELS = "triage.hooks.labels";
  private static final String REPOSITORY = "repository";
  private static final String ENVIRONMENT = "environment";

  public HookSettings {
    labels = Map.copyOf(labels);
  }

  /**
   * A secret and the one before it: both are good while a new one is brought out.
   *
   * @param before not set unless it is still accepted
   */
  public record Secrets(Secret now, Secret before) {

    /** None is set. */
    public static final Secrets NONE = new Secrets(Secret.NONE, Secret.NONE);

    /** A shorter one could be guessed by whoever tries. */
    static final int CHARACTERS_MIN = 16;

    static Secrets from(Settings settings, String key) {
      Secrets secrets =
          new Secrets(longEnough(settings, key), longEnough(settings, key + "-before"));
      if (secrets.before.isSet() && !secrets.now.isSet()) {
        settings.reject(key, "nothing", "the secret in force, as %s-before is set".formatted(key));
      }
      return secrets;
    }

    private static Secret longEnough(Settings settings, String key) {
      Secret secret = settings.secret(key);
      if (secret.isSet() && secret.reveal().length() < CHARACTERS_MIN) {
        settings.reject(
            key,
            "%d characters".formatted(secret.reveal().length()),
            "at least %d, or nothing".formatted(CHARACTERS_MIN));
      }
      return secret;
    }

    /** Whether there is one. */
    public boolean isSet() {
      return now.isSet();
    }
  }

  /** Reads {@code triage.hooks}. */
  public static HookSettings from(Settings settings) {
    return new HookSettings(
        Secrets.from(settings, "triage.hooks.github.secret"),
        Secrets.from(settings, "triage.hooks.gitlab.token"),
        Secrets.from(settings, "triage.hooks.alerts.token"),
        new Where(settings.list("triage.hooks.environments", Where.PRODUCTION), scopes(settings)),
        labels(settings));
  }

  private static Map<String, Dimension> labels(Settings settings) {
    Map<String, Dimension> labels = new HashMap<>();
    settings
        .section(LABELS)
        .forEach((label, name) ->
            Dimension.byLabel(name.strip())
                .ifPresentOrElse(
                    dimension -> labels.put(label, dimension),
                    () -> reject(settings, LABELS + "." + label, name)));
    return labels;
  }

  private static List<ScopeRule> scopes(Settings settings) {
    Map<String, Map<String, String>> byName = new TreeMap<>();
    settings
        .section(SCOPES)
        .forEach((key, value) -> {
          int dot = key.lastIndexOf('.');
          if (dot < 1) {
            settings.reject(SCOPES + "." + key, "a value", "a mapping: repository, environment, …");
          } else {
            byName
                .computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                .put(key.substring(dot + 1), value);
          }
        });
    List<ScopeRule> rules = new ArrayList<>();
    byName.forEach((name, keys) -> rules.add(rule(settings, name, keys)));
    return rules;
  }

  private static ScopeRule rule(Settings settings, String name, Map<String, String> keys) {
    Map<String, String> scope = new HashMap<>();
    keys.forEach((key, value) -> {
      if (!key.equals(REPOSITORY) && !key.equals(ENVIRONMENT)) {
        Dimension.byLabel(key)
            .ifPresentOrElse(
                dimension -> scope.put(dimension.label(), value.strip()),
                () -> reject(settings, SCOPES + "." + name + "." + key, key));
      }
    });
    return new ScopeRule(
        keys.getOrDefault(REPOSITORY, "*").strip(),
        keys.getOrDefault(ENVIRONMENT, "*").strip(),
        scope);
  }

  private static void reject(Settings settings, String key, String found) {
    settings.reject(
        key,
        "'" + found + "'",
        "a dimension: " + String.join(", ", Dimension.ALL.stream().map(Dimension::label).toList()));
  }
}
