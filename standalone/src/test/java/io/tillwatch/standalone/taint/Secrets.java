package io.tillwatch.standalone.taint;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A canary for each secret among the settings; each may be shown to the one it is for, and then.
 */
final class Secrets {

  static final String API = secret("api");
  static final String GITHUB = secret("github");
  static final String GITLAB = secret("gitlab");
  static final String ALERTS = secret("alerts");
  static final String PAGERDUTY_HOOK = secret("pagerdutyHook");
  static final String OTHERS = secret("others");

  private static final String SIGNING = secret("signing");

  private Secrets() {}

  private static String secret(String name) {
    return "S3set" + name + "Q7mW2xK9rT4vB8nZ";
  }

  /** The settings that are secrets. */
  static Map<String, String> settings(String outside) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("triage.api.token", API);
    settings.put("triage.dead-letter-hash-key", secret("letters"));
    settings.put("ingest.dead-letter-hash-key", secret("ingestLetters"));
    settings.put("triage.hooks.github.secret", GITHUB);
    settings.put("triage.hooks.github.secret-before", secret("githubBefore"));
    settings.put("triage.hooks.gitlab.token", GITLAB);
    settings.put("triage.hooks.gitlab.token-before", secret("gitlabBefore"));
    settings.put("triage.hooks.alerts.token", ALERTS);
    settings.put("triage.hooks.alerts.token-before", secret("alertsBefore"));
    settings.put("triage.pagerduty.routing-key", secret("routing"));
    settings.put("triage.pagerduty.webhook-secrets", PAGERDUTY_HOOK);
    settings.put("triage.slack.token", "xoxb-" + secret("slack"));
    settings.put("triage.jira.token", secret("jira"));
    settings.put("triage.webhook.url", outside + "/receiver/" + secret("receiver"));
    settings.put(
        "triage.webhook.secret",
        "whsec_" + Base64.getEncoder().encodeToString(SIGNING.getBytes(StandardCharsets.UTF_8)));
    settings.put("triage.alertmanager.url", outside + "/alerts/" + secret("alertsUrl"));
    settings.put("triage.alertmanager.authorization", "Bearer " + secret("alertmanager"));
    settings.put("triage.model.api-key", secret("model"));
    settings.put("triage.model.policy-key", secret("policy"));
    settings.put("triage.model.others.token", OTHERS);
    return settings;
  }

  /** What is looked for, by setting: the secret part of each. */
  static Map<String, String> cores() {
    Map<String, String> cores = new LinkedHashMap<>();
    settings("").forEach((key, value) -> cores.put(key, core(value)));
    cores.put("triage.webhook.secret", SIGNING);
    return cores;
  }

  private static String core(String value) {
    int at = value.indexOf("S3set");
    return at < 0 ? value : value.substring(at);
  }

  /** Whether a find is a secret of the party that it was shown to. */
  static boolean mayBeShownTo(Outside.Party party, String find) {
    return switch (party) {
      case PAGER -> find.startsWith("triage.pagerduty.routing-key");
      case TRACKER -> find.startsWith("triage.jira.token");
      case CHAT -> find.startsWith("triage.slack.token");
      case RECEIVER -> find.startsWith("triage.webhook.url");
      case ALERTS -> find.startsWith("triage.alertmanager.");
      case MODEL -> find.startsWith("triage.model.api-key");
      case STATUS_PAGE -> false;
    };
  }
}
