package io.tillwatch.rules.route;

import io.tillwatch.rules.match.Traits;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.source.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where incidents are told. Immutable and thread-safe.
 *
 * @param otherwise where to, as far as no route says; a target without a name is told at its own
 *     default destination
 * @param routes in order: the first that matches is the one
 */
public record Routing(Map<Target, String> otherwise, List<Route> routes) {

  /** Routes at most: each incident that is told is held against them. */
  public static final int ROUTES_MAX = 500;

  /** Everything goes to the default destination of each target. */
  public static final Routing NONE = new Routing(Map.of(), List.of());

  public Routing {
    otherwise = Map.copyOf(otherwise);
    routes = List.copyOf(routes);
  }

  /** Reads {@code default} and {@code routes}. */
  public static Routing read(Fields fields) {
    Map<Target, String> otherwise = Route.destinations(fields, "default");
    List<Route> routes = new ArrayList<>();
    Map<String, Place> names = new HashMap<>();
    for (Fields each : fields.has("routes") ? fields.mappings("routes") : List.<Fields>of()) {
      Route route = Route.read(each);
      Place before = names.putIfAbsent(route.name(), each.place());
      if (before != null) {
        each.problem("name", "'" + route.name() + "' again", "one; it is at " + before);
      }
      unreachable(routes)
          .ifPresent(all ->
              each.problem(
                  "name",
                  "'" + route.name() + "' after '" + all.name() + "', which takes everything",
                  "it before that: the first route that matches is the one"));
      routes.add(route);
    }
    if (routes.size() > ROUTES_MAX) {
      fields.problem("routes", routes.size() + " routes", ROUTES_MAX + " at most");
    }
    fields.end("default", "routes");
    return new Routing(otherwise, routes);
  }

  private static Optional<Route> unreachable(List<Route> before) {
    return before.stream().filter(route -> route.match().matchesAll()).findFirst();
  }

  /** The route of an incident, if one matches. */
  public Optional<Route> route(Traits traits) {
    return routes.stream().filter(route -> route.match().anywhere(traits)).findFirst();
  }

  /** Names of the destinations of an incident. */
  public Map<Target, String> destinations(Traits traits) {
    Map<Target, String> names = new EnumMap<>(Target.class);
    names.putAll(otherwise);
    route(traits).ifPresent(route -> names.putAll(route.to()));
    return names;
  }
}
