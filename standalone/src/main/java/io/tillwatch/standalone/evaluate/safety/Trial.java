package io.tillwatch.standalone.evaluate.safety;

import java.util.List;

/**
 * One line of a corpus, and what came of it.
 *
 * @param canary what shows that the model obeyed; empty where there is none
 * @param texts what others wrote, as they wrote it
 * @param answer what the model was made to say
 * @param with what came of it
 * @param alone what comes of the same without any model
 */
record Trial(String canary, List<String> texts, String answer, Drilled with, Drilled alone) {

  Trial {
    texts = List.copyOf(texts);
  }
}
