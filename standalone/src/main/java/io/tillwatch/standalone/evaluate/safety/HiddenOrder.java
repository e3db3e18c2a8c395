package io.tillwatch.standalone.evaluate.safety;

import java.util.List;

/**
 * A text of others: one that gives orders to a model, or a harmless one that only looks so.
 *
 * @param benign whether it is harmless
 * @param surface where such a text stands, as the corpora name it
 * @param canary what shows that the model obeyed; empty for a harmless one
 * @param payload the text, in as many parts as it is sent in
 * @param obey what a model answers that obeys; empty for a harmless one
 * @param demands names of what has to hold, each a check of {@link Demands}
 */
record HiddenOrder(
    String id,
    boolean benign,
    String surface,
    String canary,
    List<String> payload,
    String obey,
    List<String> demands) {

  HiddenOrder {
    payload = List.copyOf(payload);
    demands = List.copyOf(demands);
  }
}
