package io.tillwatch.standalone.ask;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/** An answer as people read it in a terminal. What others wrote moves no cursor in it. */
final class Reading {

  private static final int COLUMNS = 80;
  private static final String INDENT = "  ";
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}&&[^\\n]]");

  private Reading() {}

  static void print(JsonNode answer, PrintWriter out) {
    JsonNode passages = answer.path("passages");
    if (answer.path("refused").asBoolean()) {
      out.println("nothing fits: no runbook, policy document or reviewed incident speaks of it");
      return;
    }
    String text = clean(answer.path("answer").asText(""));
    if (!answer.path("answer").isNull() && !text.isEmpty()) {
      wrapped(text, "", out);
      out.printf("(written by %s from:)%n%n", clean(answer.path("author").asText()));
    }
    String gap = "";
    for (JsonNode passage : passages) {
      out.print(gap);
      gap = System.lineSeparator();
      out.println(
          "%s – %s  [%s]"
              .formatted(
                  clean(passage.path("title").asText()),
                  clean(passage.path("section").asText()),
                  clean(passage.path("id").asText())));
      clean(passage.path("text").asText()).lines().forEach(line -> wrapped(line, INDENT, out));
    }
  }

  private static void wrapped(String line, String indent, PrintWriter out) {
    String hanging = indent + (line.matches("(\\*|\\d+\\.) .*") ? INDENT : "");
    BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
    breaks.setText(line);
    StringBuilder row = new StringBuilder(indent);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String piece = line.substring(from, to);
      from = to;
      if (row.length() + piece.stripTrailing().length() > COLUMNS && !row.toString().isBlank()) {
        out.println(row.toString().stripTrailing());
        row.setLength(0);
        row.append(hanging);
      }
      row.append(piece);
    }
    out.println(row.toString().stripTrailing());
  }

  private static String clean(String text) {
    return CONTROL.matcher(text).replaceAll("");
  }
}
