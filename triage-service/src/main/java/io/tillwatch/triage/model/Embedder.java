package io.tillwatch.triage.model;

import java.util.List;

/**
 * A model that says where a text lies among others by what it means: texts of like meaning have
 * vectors of like direction. Thread-safe.
 */
public interface Embedder {

  /**
   * The vectors of these texts, in their order and all of one length.
   *
   * @throws ModelFailure when there are none, with the reason; nothing is tried again in silence
   */
  List<float[]> embed(List<String> texts);
}
