package io.tillwatch.triage.hook;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment touches, by its repository and environment. Pure.
 *
 * @param environments the ones that matter, as patterns; those of tests touch no payment
 * @param rules the first that fits says what is touched; without one it may be everything
 */
record Where(List<String> environments, List<ScopeRule> rules) {

  /** What most call the environment that takes payments. */
  static final List<String> PRODUCTION = List.of("production*", "prod*", "live*");

  Where {
    environments = List.copyOf(environments);
    rules = List.copyOf(rules);
  }

  /**
   * What the deployments of a repository touch.
   *
   * @param repository pattern of its full name; {@code *} stands for anything
   * @param environment pattern of the environment
   * @param scope value by dimension; empty for everything
   */
  record ScopeRule(String repository, String environment, Map<String, String> scope) {

    ScopeRule {
      scope = Map.copyOf(scope);
    }

    boolean fits(String ofRepository, String inEnvironment) {
      return matches(repository, ofRepository) && matches(environment, inEnvironment);
    }
  }

  /** What a deployment to an environment touches; empty when the environment does not matter. */
  Optional<Map<String, String>> deployed(String repository, String environment) {
    if (environments.stream().noneMatch(pattern -> matches(pattern, environment))) {
      return Optional.empty();
    }
    return Optional.of(
        rules.stream()
            .filter(rule -> rule.fits(repository, environment))
            .findFirst()
            .map(ScopeRule::scope)
            .orElse(Map.of()));
  }

  /**
   * What a change without an environment touches; empty unless a rule speaks of the repository: a
   * release of anything else is not in use yet.
   */
  Optional<Map<String, String>> released(String repository) {
    return rules.stream()
        .filter(rule -> !rule.repository().equals("*") && matches(rule.repository(), repository))
        .findFirst()
        .map(ScopeRule::scope);
  }

  /** Whether a text is as a pattern says, in which stars stand for anything. Linear per star. */
  static boolean matches(String pattern, String text) {
    String[] parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
    String rest = text.toLowerCase(Locale.ROOT);
    if (parts.length == 1) {
      return rest.equals(parts[0]);
    }
    String last = parts[parts.length - 1];
    if (!rest.startsWith(parts[0]) || rest.length() < parts[0].length() + last.length()) {
      return false;
    }
    rest = rest.substring(parts[0].length());
    for (int i = 1; i < parts.length - 1; i++) {
      int at = rest.indexOf(parts[i]);
      if (at < 0) {
        return false;
      }
      rest = rest.substring(at + parts[i].length());
    }
    return rest.endsWith(last);
  }
}
