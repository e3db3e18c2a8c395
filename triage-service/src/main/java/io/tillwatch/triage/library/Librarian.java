package io.tillwatch.triage.library;

import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.phrase.Phrases;
import io.tillwatch.triage.wire.Texts;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Answers questions from the {@link Library}: in a model's words where one is configured and keeps
 * to its rules, and with the passages themselves in any other case.
 *
 * <p>A question is redacted before anything is done with it. What a model writes is shown only if
 * each of its sentences cites a passage that it was given and that has its numbers. Thread-safe.
 */
public final class Librarian {

  /** Characters of a question; a longer one is not cut but refused. */
  public static final int QUESTION_MAX = 500;

  private static final int MARK_BYTES = 8;

  /** The author of passages that stand alone. */
  private static final String NOBODY = "none";

  private final Library library;
  private final Model model;
  private final SecureRandom random = new SecureRandom();
  private final QuestionCounts counts = new QuestionCounts();

  public Librarian(Library library, Model model) {
    this.library = library;
    this.model = model;
  }

  /**
   * Answers.
   *
   * @param question 1 to {@link #QUESTION_MAX} characters
   * @param top how many passages at most
   * @throws IllegalArgumentException when there is no question, or it is too long
   */
  public Answer answer(String question, int top) {
    String line = Texts.line(question);
    if (line.isEmpty() || line.length() > QUESTION_MAX) {
      throw new IllegalArgumentException(
          "a question of %d characters, expected 1 to %d".formatted(line.length(), QUESTION_MAX));
    }
    return counts.counted(answered(new Redactor().redact(line), top));
  }

  private Answer answered(String asked, int top) {
    List<Found> found = library.find(asked, top);
    if (found.isEmpty()) {
      return alone(asked, found, Outcome.NOTHING_FITS);
    }
    try {
      return drafted(asked, found);
    } catch (ModelFailure failure) {
      if (failure.reason() == ModelFailure.Reason.OFF) {
        return alone(asked, found, Outcome.NO_MODEL);
      }
      String reason = "model_" + Phrases.label(failure.reason());
      return new Answer(asked, "", NOBODY, Outcome.MODEL_FAILED, reason, found);
    }
  }

  private Answer drafted(String asked, List<Found> found) {
    List<Passage> given =
        found.stream().limit(AskPrompt.PASSAGES_MAX).map(Found::passage).toList();
    String raw = model.ask(AskPrompt.of(asked, given, mark())).text();
    Drafted drafted = Drafted.judge(raw, given);
    if (drafted.outcome() != Outcome.ANSWERED) {
      return alone(asked, found, drafted.outcome());
    }
    String reason = Phrases.label(Outcome.ANSWERED);
    return new Answer(asked, drafted.text(), model.name(), Outcome.ANSWERED, reason, found);
  }

  private static Answer alone(String asked, List<Found> found, Outcome outcome) {
    return new Answer(asked, "", NOBODY, outcome, Phrases.label(outcome), found);
  }

  /** What became of the questions so far. */
  public QuestionCounts counts() {
    return counts;
  }

  private String mark() {
    byte[] mark = new byte[MARK_BYTES];
    random.nextBytes(mark);
    return HexFormat.of().formatHex(mark);
  }
}
