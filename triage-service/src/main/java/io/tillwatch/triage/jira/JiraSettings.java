package io.tillwatch.triage.jira;

import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.outside.DoorSettings;
import io.tillwatch.triage.outside.OutsideSettings;
import io.tillwatch.triage.outside.Routes;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which Jira, and how an incident becomes an issue there; keys below {@code triage.jira}.
 *
 * @param edition Cloud or Data Center
 * @param door where it is and how it is reached
 * @param user e-mail address of the token's owner; Cloud only
 * @param token API token (Cloud) or personal access token (Data Center)
 * @param route where issues are made that no named route is asked for
 * @param routes named routes
 * @param fields how fields of a new issue are filled
 * @param flow how issues move
 * @param attachEvidence whether evidence is attached as a file; otherwise it is in the description
 * @param waits how long an unanswered create is waited for
 */
public record JiraSettings(
    JiraEdition edition,
    DoorSettings door,
    String user,
    Secret token,
    Route route,
    Map<String, Route> routes,
    Fields fields,
    Flow flow,
    boolean attachEvidence,
    CreateOnce.Waits waits) {

  private static final String PREFIX = "triage.jira";
  private static final String PROJECT = "project";
  private static final String ISSUE_TYPE = "issue-type";
  private static final String PROJECT_EXPECTED = "the key of a project, for example PAY";
  private static final Pattern PROJECT_KEY = Pattern.compile("[A-Z][A-Z0-9_]{0,254}");

  /** Jira takes no label with a space in it, and none longer than this. */
  private static final Pattern LABEL = Pattern.compile("\\S{1,255}");

  /**
   * How fields of a new issue are filled.
   *
   * @param priorities name of the priority by severity; a severity without one sets none
   * @param labels labels beside the incident's own
   * @param label whether the incident's own label is set, by which a search finds the issue; off
   *     for projects without labels on their create screen
   * @param components names of components
   * @param custom value by field id, for example {@code customfield_10010}; of a value with parts,
   *     by field id, dot and part
   */
  public record Fields(
      Map<Severity, String> priorities,
      List<String> labels,
      boolean label,
      List<String> components,
      Map<String, FieldValue> custom) {

    public Fields {
      priorities = Map.copyOf(priorities);
      labels = List.copyOf(labels);
      components = List.copyOf(components);
      custom = Collections.unmodifiableMap(new TreeMap<>(custom));
    }
  }

  /**
   * How issues move.
   *
   * @param close name of the transition that closes, or of the status it leads to; empty for any
   *     that leads to a status that counts as done, {@code none} to leave closing to people
   * @param resolution name of the resolution that closing sets; empty for none
   * @param reopen name of the transition that opens again, or of the status it leads to; empty to
   *     comment only
   */
  public record Flow(String close, String resolution, String reopen) {

    /** What {@code close} is set to when people close. */
    static final String NONE = "none";
  }

  public JiraSettings {
    routes = Map.copyOf(routes);
  }

  /**
   * Reads the keys below {@code triage.jira}.
   *
   * @param chosen whether it is in use, so that what is missing is a mistake
   */
  public static JiraSettings from(Settings settings, OutsideSettings outside, boolean chosen) {
    JiraEdition edition = settings.choice(PREFIX + ".edition", JiraEdition.CLOUD);
    Route route = route(settings);
    JiraSettings read =
        new JiraSettings(
            edition,
            DoorSettings.from(settings, PREFIX, "", outside),
            settings.text(PREFIX + ".user", ""),
            settings.secret(PREFIX + ".token"),
            route,
            routes(settings, route),
            fields(settings),
            new Flow(
                settings.text(PREFIX + ".close-transition", "").strip(),
                settings.text(PREFIX + ".resolution", "").strip(),
                settings.text(PREFIX + ".reopen-transition", "").strip()),
            settings.flag(PREFIX + ".attach-evidence", true),
            new CreateOnce.Waits(
                settings.duration(
                    PREFIX + ".create-settles",
                    Duration.ofMinutes(1),
                    Duration.ofMillis(10),
                    Duration.ofMinutes(30)),
                settings.duration(
                    PREFIX + ".index-lag",
                    Duration.ofMinutes(5),
                    Duration.ofMillis(10),
                    Duration.ofHours(4))));
    if (chosen) {
      read.reportMissing(settings);
    }
    return read;
  }

  private void reportMissing(Settings settings) {
    if (door.base().getHost() == null) {
      settings.reject(PREFIX + ".base-url", "nothing", "the address of a Jira");
    }
    if (route.project().isEmpty()) {
      settings.reject(PREFIX + "." + PROJECT, "nothing", PROJECT_EXPECTED);
    }
    if (!token.isSet()) {
      settings.reject(PREFIX + ".token", "nothing", "an API token, or " + PREFIX + ".token-file");
    }
    if (edition == JiraEdition.CLOUD && user.isBlank()) {
      settings.reject(PREFIX + ".user", "nothing", "the e-mail address of the token's owner");
    }
    if (edition == JiraEdition.DATA_CENTER && !user.isBlank()) {
      settings.reject(PREFIX + ".user", "'" + user + "'", "nothing: the token names its owner");
    }
  }

  private static Route route(Settings settings) {
    String key = PREFIX + "." + PROJECT;
    String project = settings.text(key, "");
    if (!project.isEmpty() && !PROJECT_KEY.matcher(project).matches()) {
      settings.reject(key, "'" + project + "'", PROJECT_EXPECTED);
    }
    return new Route(project, settings.text(PREFIX + "." + ISSUE_TYPE, "Task"));
  }

  private static Map<String, Route> routes(Settings settings, Route dflt) {
    Map<String, String> section = settings.section(PREFIX + ".routes");
    Map<String, Route> routes = new TreeMap<>();
    for (String name : Routes.names(settings, PREFIX, Set.of(PROJECT, ISSUE_TYPE))) {
      String project = section.getOrDefault(name + "." + PROJECT, dflt.project());
      if (section.containsKey(name + "." + PROJECT) && !PROJECT_KEY.matcher(project).matches()) {
        settings.reject(
            "%s.routes.%s.%s".formatted(PREFIX, name, PROJECT),
            "'" + project + "'",
            PROJECT_EXPECTED);
      }
      String issueType = section.getOrDefault(name + "." + ISSUE_TYPE, dflt.issueType());
      routes.put(name, new Route(project, issueType));
    }
    return routes;
  }

  private static Fields fields(Settings settings) {
    Map<Severity, String> priorities = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      if (severity != Severity.UNKNOWN) {
        String key = PREFIX + ".priorities." + severity.name().toLowerCase(Locale.ROOT);
        settings.optional(key).ifPresent(name -> priorities.put(severity, name));
      }
    }
    List<String> labels = settings.list(PREFIX + ".labels", List.of("tillwatch"));
    labels.stream()
        .filter(label -> !LABEL.matcher(label).matches())
        .forEach(label ->
            settings.reject(PREFIX + ".labels", "'" + label + "'", "labels without spaces"));
    return new Fields(
        priorities,
        labels,
        settings.flag(PREFIX + ".incident-label", true),
        settings.list(PREFIX + ".components", List.of()),
        custom(settings));
  }

  private static Map<String, FieldValue> custom(Settings settings) {
    String section = PREFIX + ".fields";
    Map<String, FieldValue> custom = new TreeMap<>();
    settings
        .section(section)
        .forEach((field, written) -> {
          try {
            custom.put(field, FieldValue.of(written));
          } catch (IllegalArgumentException e) {
            settings.reject(
                section + "." + field, "'" + written + "'", String.valueOf(e.getMessage()));
          }
        });
    return custom;
  }

  /** The route of that name; the default one for a name that nothing is configured for. */
  Route route(String name) {
    return routes.getOrDefault(name, route);
  }
}
