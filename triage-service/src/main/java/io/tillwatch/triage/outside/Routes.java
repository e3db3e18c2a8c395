package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Settings;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The named routes of an outside system: where its actions go that rules send there by name. */
public final class Routes {

  /** Routes of one system; each has its own keys and limits. */
  public static final int LIMIT = 100;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final String FILE = "-file";

  private Routes() {}

  /**
   * The names below {@code <prefix>.routes}, from the file and the options: an environment variable
   * cannot say where its dots are.
   *
   * @param keys what may be said of a route; of a secret also its file
   */
  public static Set<String> names(Settings settings, String prefix, Set<String> keys) {
    String routes = prefix + ".routes";
    Set<String> names = new TreeSet<>();
    for (String found : settings.section(routes).keySet()) {
      int dot = found.indexOf('.');
      String name = dot < 0 ? found : found.substring(0, dot);
      String key = dot < 0 ? "" : found.substring(dot + 1);
      boolean known = keys.contains(key) || keys.stream().anyMatch(k -> key.equals(k + FILE));
      if (!NAME.matcher(name).matches()) {
        settings.reject(
            routes + "." + found, "no route's name", "small letters, digits and hyphens");
      } else if (!known) {
        settings.reject(
            routes + "." + found, "unknown", "one of " + String.join(", ", new TreeSet<>(keys)));
      } else {
        names.add(name);
      }
    }
    if (names.size() > LIMIT) {
      settings.reject(routes, names.size() + " routes", "at most " + LIMIT);
    }
    return names;
  }
}
