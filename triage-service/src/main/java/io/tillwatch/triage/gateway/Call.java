package io.tillwatch.triage.gateway;

import io.tillwatch.triage.model.Prompt.Purpose;
import java.util.Map;

/**
 * Who asks a model and what for; what is asked is the body that comes with it.
 *
 * @param subject what it is about, for example incident, episode and revision; empty for nothing
 * @param fields fields of records in the body, by the form they were let out in
 * @param outputTokensMax limit of the answer, as the body says it
 */
public record Call(Purpose purpose, String subject, Map<String, Long> fields, int outputTokensMax) {

  public Call {
    fields = Map.copyOf(fields);
  }

  /** The incident's revision whose calls are counted; empty when it is for none. */
  String revision() {
    return purpose == Purpose.HYPOTHESES ? subject : "";
  }

  /**
   * Whether an answer may be given again: others may want another one each time, and whoever asks
   * for vectors keeps them.
   */
  boolean repeatable() {
    return purpose != Purpose.OTHERS && purpose != Purpose.EMBEDDING;
  }
}
