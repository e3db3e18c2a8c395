package io.tillwatch.triage.library;

import java.util.List;

/**
 * What a question came to.
 *
 * @param question as it was looked for: one line, redacted
 * @param text the model's answer; empty for passages alone
 * @param author who wrote the text: a model's name; {@code none} when there is no text
 * @param outcome how it was answered, or why only so
 * @param reason the outcome's word, for a model that failed with why
 * @param passages what was found, the best first
 */
public record Answer(
    String question,
    String text,
    String author,
    Outcome outcome,
    String reason,
    List<Found> passages) {

  public Answer {
    passages = List.copyOf(passages);
  }

  /** Whether there is nothing to show. */
  public boolean refused() {
    return outcome == Outcome.NOTHING_FITS;
  }
}
