package io.tillwatch.rules.source;

import java.util.List;
import java.util.stream.Collectors;

/** Rule files that cannot be used, with everything that is wrong with them. */
public final class InvalidRules extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidRules(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** By file, line and column. */
  public List<Problem> problems() {
    return problems;
  }
}
