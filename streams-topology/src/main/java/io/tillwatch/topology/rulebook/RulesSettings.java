package io.tillwatch.topology.rulebook;

import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.topology.detect.WatchPlan;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where rules are read from, and what they said at the start.
 *
 * @param paths files and folders that are followed
 * @param plan what they came to when they were first read
 */
public record RulesSettings(List<Path> paths, WatchPlan plan) {

  /** Everything as shipped, and nothing to follow. */
  public static final RulesSettings DEFAULT = new RulesSettings(List.of(), WatchPlan.DEFAULT);

  public RulesSettings {
    paths = List.copyOf(paths);
  }

  /** Reads {@code watch.rules}; what cannot be used stops the start. */
  public static RulesSettings from(Settings settings) {
    List<Path> paths = settings.list("watch.rules", List.of()).stream().map(Path::of).toList();
    try {
      return new RulesSettings(paths, WatchPlan.of(RuleFile.readAll(paths)));
    } catch (InvalidRules | UncheckedIOException e) {
      settings.reject("watch.rules", String.valueOf(e.getMessage()), "rules that can be read");
      return DEFAULT;
    }
  }
}
