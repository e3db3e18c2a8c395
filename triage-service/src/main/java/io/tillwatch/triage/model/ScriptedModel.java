package io.tillwatch.triage.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The twin in memory: answers as a function says, and remembers what it was asked. */
public final class ScriptedModel implements Model {

  private final Function<Prompt, String> script;
  private final List<Prompt> asked = new ArrayList<>();

  /**
   * @param script text of the answer; may throw {@link ModelFailure}
   */
  public ScriptedModel(Function<Prompt, String> script) {
    this.script = script;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public synchronized Reply ask(Prompt prompt) {
    asked.add(prompt);
    return new Reply(script.apply(prompt), List.of(), "", 0, 0, 0, Duration.ZERO);
  }

  /** What it was asked, in order. */
  public synchronized List<Prompt> asked() {
    return List.copyOf(asked);
  }
}
