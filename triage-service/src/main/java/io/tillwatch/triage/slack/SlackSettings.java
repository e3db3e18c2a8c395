package io.tillwatch.triage.slack;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.OutsideSettings;
import io.tillwatch.triage.outside.Routes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How Slack is reached.
 *
 * @param token a bot's, with the scopes {@code chat:write} and {@code channels:history} (or {@code
 *     groups:history} for private channels)
 * @param channel id of the channel that is told by default
 * @param routes channel ids by route
 */
public record SlackSettings(
    DoorSettings door, Secret token, String channel, Map<String, String> routes) {

  static final String BASE = "https://slack.com";

  private static final String SECTION = "triage.slack";
  private static final String CHANNEL = "channel";
  private static final Pattern ID = Pattern.compile("[CGD][A-Z0-9]{6,20}");

  public SlackSettings {
    routes = Map.copyOf(routes);
  }

  /**
   * Reads the keys below {@code triage.slack}.
   *
   * @param chosen whether messages go there, so that token and channel have to be set
   */
  public static SlackSettings from(Settings settings, OutsideSettings outside, boolean chosen) {
    Secret token = settings.secret(SECTION + ".token");
    String channel = channel(settings, SECTION + "." + CHANNEL);
    if (chosen && !token.isSet()) {
      settings.reject(
          SECTION + ".token",
          "not set",
          "a bot token, or " + SECTION + ".token-file, because triage.targets.chat is slack");
    }
    if (chosen && channel.isEmpty()) {
      settings.reject(
          SECTION + "." + CHANNEL,
          "not set",
          "the id of a channel, because triage.targets.chat is slack");
    }
    Map<String, String> routes = new TreeMap<>();
    for (String name : Routes.names(settings, SECTION, Set.of(CHANNEL))) {
      routes.put(name, channel(settings, "%s.routes.%s.%s".formatted(SECTION, name, CHANNEL)));
    }
    return new SlackSettings(
        DoorSettings.from(settings, SECTION, BASE, outside), token, channel, routes);
  }

  /** A name is not enough: history is asked for by id, and a renamed channel keeps it. */
  private static String channel(Settings settings, String key) {
    String channel = settings.text(key, "").strip();
    if (!channel.isEmpty() && !ID.matcher(channel).matches()) {
      settings.reject(key, "'" + channel + "'", "a channel's id such as C0123ABCD, not its name");
      return "";
    }
    return channel;
  }
}
