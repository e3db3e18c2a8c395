package io.tillwatch.triage.model;

/** The switch that is off: never answers. */
public final class NoModel implements Model {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public Reply ask(Prompt prompt) {
    throw new ModelFailure(ModelFailure.Reason.OFF, "no model is configured");
  }
}
