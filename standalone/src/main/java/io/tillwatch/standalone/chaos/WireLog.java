package io.tillwatch.standalone.chaos;

import java.util.ArrayList;
import java.util.List;

/** What reached an outside system, in order. Thread-safe. */
final class WireLog {

  /** What kind of request it was. */
  enum Verb {
    TRIGGER,
    ACKNOWLEDGE,
    RESOLVE,
    CREATE,
    COMMENT,
    EDIT,
    CLOSE,
    OTHER
  }

  /**
   * One request.
   *
   * @param nanos when it came, monotonic
   * @param key the dedup key of an alert, the incident of a ticket, the action of a message
   * @param answer status code; 0 when there was none
   * @param effect whether it did something there, answered or not
   */
  record Entry(long nanos, Verb verb, String key, int answer, boolean effect) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(Verb verb, String key, int answer, boolean effect) {
    entries.add(new Entry(System.nanoTime(), verb, key, answer, effect));
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }
}
