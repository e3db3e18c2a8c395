package io.tillwatch.triage.model;

/** A language model that answers one prompt at a time. Thread-safe. */
public interface Model {

  /** Name of the model as it is shown beside what it wrote, for example {@code gpt-4.1-mini}. */
  String name();

  /**
   * Asks once: nothing is tried again in silence.
   *
   * @throws ModelFailure when there is no answer, with the reason
   */
  Reply ask(Prompt prompt);
}
