package io.tillwatch.triage.library;

import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.wire.Texts;
import java.util.List;

/** What a model is asked: rules from a versioned file, passages and question quoted as data. */
final class AskPrompt {

  /** Changes with the file; on record with each call. */
  static final String VERSION = "ask-v1";

  /** Passages a model is given. */
  static final int PASSAGES_MAX = 5;

  private static final int PASSAGE_CHARACTERS_MAX = 2_000;
  private static final int OUTPUT_TOKENS_MAX = 500;
  private static final String RULES = Resources.text(VERSION + ".txt");

  private AskPrompt() {}

  /**
   * The prompt.
   *
   * @param mark of this call; nobody who wrote any of the texts can know it
   */
  static Prompt of(String question, List<Passage> passages, String mark) {
    StringBuilder text = new StringBuilder("The mark of this call is ").append(mark).append(".\n");
    for (Passage passage : passages) {
      quote(mark, "passage " + passage.id(), written(passage), text);
    }
    quote(mark, "question", question, text);
    return new Prompt(
        Prompt.Purpose.QUESTION,
        VERSION,
        RULES,
        List.of(new Prompt.Asked(text.toString())),
        List.of(),
        OUTPUT_TOKENS_MAX);
  }

  private static String written(Passage passage) {
    String body =
        passage
            .text()
            .lines()
            .map(Texts::line)
            .reduce("", (above, line) -> above + line + "\n");
    String whole = passage.title() + " – " + passage.section() + "\n" + body.strip();
    return whole.substring(0, Math.min(whole.length(), PASSAGE_CHARACTERS_MAX));
  }

  private static void quote(String mark, String what, String content, StringBuilder text) {
    text.append(mark).append(" begin ").append(what).append('\n');
    text.append(content.replace(mark, "")).append('\n');
    text.append(mark).append(" end\n");
  }
}
