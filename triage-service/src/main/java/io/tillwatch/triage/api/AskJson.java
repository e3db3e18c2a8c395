package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.triage.library.Answer;
import io.tillwatch.triage.library.Found;
import io.tillwatch.triage.library.Librarian;
import io.tillwatch.triage.library.Library;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question and its answer, as they are sent. */
final class AskJson {

  private static final int TOP_DEFAULT = 5;
  private static final Set<String> FIELDS = Set.of("question", "top");

  private AskJson() {}

  /**
   * What somebody wants to know.
   *
   * @param question one line
   * @param top passages at most, five when it is not said
   */
  @Serdeable
  @Schema(name = "Question")
  record Question(
      @Schema(
              minLength = 1,
              maxLength = Librarian.QUESTION_MAX,
              example = "Our acquirer went dark, what should I do right now?")
          String question,
      @Schema(
              requiredMode = Schema.RequiredMode.NOT_REQUIRED,
              minimum = "1",
              maximum = "10",
              defaultValue = "5")
          int top) {

    static Question read(byte @Nullable [] body) throws NotUnderstood {
      SentJson sent = SentJson.read(body, FIELDS);
      return new Question(question(sent), top(sent.value("top")));
    }

    private static String question(SentJson sent) throws NotUnderstood {
      String line = sent.text("question", Librarian.QUESTION_MAX);
      if (line.isEmpty()) {
        throw new NotUnderstood(
            "question is missing", "1 to %d characters".formatted(Librarian.QUESTION_MAX));
      }
      return line;
    }

    private static int top(@Nullable JsonNode sent) throws NotUnderstood {
      if (sent == null) {
        return TOP_DEFAULT;
      }
      boolean right = sent.isIntegralNumber() && sent.canConvertToInt();
      if (!right || sent.intValue() < 1 || sent.intValue() > Library.PASSAGES_MAX) {
        throw new NotUnderstood("top is out of range", "1 to " + Library.PASSAGES_MAX);
      }
      return sent.intValue();
    }
  }

  /**
   * What it came to.
   *
   * @param question as it was looked for, redacted
   * @param answer a model's words, each sentence with the ids of passages in brackets; null without
   * @param author who wrote the answer; none when there is no answer
   * @param refused whether nothing fits the question
   * @param reason answered, nothing_fits, or why there are passages alone
   * @param passages the best first; a citation is the id of one of them
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "Answer")
  record Answered(
      String question,
      @Schema(nullable = true) @Nullable String answer,
      String author,
      boolean refused,
      @Schema(example = "no_model") String reason,
      List<Cited> passages) {

    static Answered of(Answer answer) {
      return new Answered(
          answer.question(),
          answer.text().isEmpty() ? null : answer.text(),
          answer.author(),
          answer.refused(),
          answer.reason(),
          answer.passages().stream().map(Cited::of).toList());
    }
  }

  /**
   * A passage that was found.
   *
   * @param title of the page it stands on
   * @param section its own heading
   * @param text Markdown
   * @param score higher fits better, within one answer
   */
  @Serdeable
  @Schema(name = "Passage")
  record Cited(
      @Schema(example = "psp-outage#first-moves") String id,
      String title,
      String section,
      String text,
      double score) {

    static Cited of(Found found) {
      return new Cited(
          found.passage().id(),
          found.passage().title(),
          found.passage().section(),
          found.passage().text(),
          found.score());
    }
  }
}
