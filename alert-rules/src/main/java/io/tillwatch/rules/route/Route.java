package io.tillwatch.rules.route;

import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.source.Fields;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where some incidents are told.
 *
 * @param name what people call it
 * @param match which incidents
 * @param to name of the destination by target; what is absent goes where the default says
 */
public record Route(String name, Matcher match, Map<Target, String> to) {

  /**
   * Shorter than any vendor's key: whoever writes a secret where a name is expected is told so, and
   * it is not put into git.
   */
  private static final Pattern DESTINATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,29}");

  public Route {
    to = Map.copyOf(to);
  }

  static Route read(Fields fields) {
    if (!fields.has("match")) {
      fields.problem("match", "no match", "one, or {} for every incident");
    }
    Route route =
        new Route(
            fields.text("name"),
            fields.has("match") ? Matcher.read(fields.mapping("match")) : Matcher.ANY,
            destinations(fields, "to"));
    if (route.to.isEmpty()) {
      fields.problem("to", "no destination", "one of pager, ticket, chat");
    }
    fields.end();
    return route;
  }

  /** Names by target; none when there is no such field. */
  static Map<Target, String> destinations(Fields fields, String key) {
    Map<Target, String> names = new EnumMap<>(Target.class);
    if (!fields.has(key)) {
      return names;
    }
    Fields each = fields.mapping(key);
    for (Target target : Target.values()) {
      String name = each.text(target.label(), "");
      if (each.has(target.label())) {
        if (!DESTINATION.matcher(name).matches()) {
          each.problem(
              target.label(),
              name.length() + " characters that are no name",
              "the name of a destination: letters, digits, '.', '_' and '-', 30 at most; keys and"
                  + " addresses belong into the settings");
        }
        names.put(target, name);
      }
    }
    each.end();
    return names;
  }
}
