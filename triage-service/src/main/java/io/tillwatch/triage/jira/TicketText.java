package io.tillwatch.triage.jira;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a description or a comment says, before it is written in the markup of one edition.
 *
 * <p>Holds at most {@link #CHARACTERS_MAX} characters, so that the text stays below the 32,767 that
 * Jira takes when each of them is escaped; blocks beyond are left out, and the last one says so.
 *
 * @param blocks what follows each other
 */
record TicketText(List<Block> blocks) {

  static final int CHARACTERS_MAX = 12_000;

  /** Characters of one run; what is longer is cut. */
  static final int RUN_CHARACTERS_MAX = 600;

  private static final Paragraph MORE =
      new Paragraph(List.of(Run.plain("More of this is on Tillwatch's page.")));

  TicketText {
    List<Block> fitting = new ArrayList<>();
    int characters = 0;
    for (Block block : blocks) {
      characters += block.characters();
      if (characters > CHARACTERS_MAX) {
        fitting.add(MORE);
        break;
      }
      fitting.add(block);
    }
    blocks = List.copyOf(fitting);
  }

  /** One block. */
  sealed interface Block {
    /** Characters of its text and of the addresses in it. */
    int characters();
  }

  /** A line that says what follows. */
  record Heading(String text) implements Block {

    Heading {
      text = line(text);
    }

    @Override
    public int characters() {
      return text.length();
    }
  }

  /** Runs on one line after another, as the reader's window breaks them. */
  record Paragraph(List<Run> runs) implements Block {

    Paragraph {
      runs = List.copyOf(runs);
    }

    @Override
    public int characters() {
      return TicketText.characters(runs);
    }
  }

  /** One point below another. */
  record Bullets(List<List<Run>> points) implements Block {

    static final int POINTS_MAX = 30;

    Bullets {
      points = points.stream().limit(POINTS_MAX).map(List::copyOf).toList();
    }

    @Override
    public int characters() {
      return points.stream().mapToInt(TicketText::characters).sum();
    }
  }

  /**
   * A stretch of text in one style.
   *
   * @param href where it leads; null for nowhere
   */
  record Run(String text, boolean strong, @Nullable String href) {

    Run {
      text = line(text);
    }

    static Run plain(String text) {
      return new Run(text, false, null);
    }

    static Run strong(String text) {
      return new Run(text, true, null);
    }

    /** A link; only web addresses lead anywhere. */
    static Run link(String text, String href) {
      boolean web = href.startsWith("https://") || href.startsWith("http://");
      return new Run(text, false, web ? href : null);
    }
  }

  private static int characters(List<Run> runs) {
    return runs.stream()
        .mapToInt(run -> run.text().length() + (run.href() == null ? 0 : run.href().length()))
        .sum();
  }

  /** One line without control characters, cut to its limit. */
  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ");
    if (line.length() <= RUN_CHARACTERS_MAX) {
      return line;
    }
    int end = RUN_CHARACTERS_MAX - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
