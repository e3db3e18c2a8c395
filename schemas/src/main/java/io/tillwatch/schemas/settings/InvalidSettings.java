package io.tillwatch.schemas.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings are wrong: everything that is, one line each. */
public final class InvalidSettings extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<SettingsProblem> problems;

  InvalidSettings(List<SettingsProblem> problems) {
    super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of discovery. */
  public List<SettingsProblem> problems() {
    return problems;
  }
}
