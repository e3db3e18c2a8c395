package io.tillwatch.triage.gateway.redact;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes card data, personal data and secrets out of text and puts a label in place of each.
 *
 * <p>Redacting what was redacted changes nothing. The work is linear in the length of the text,
 * whatever it holds. An instance keeps its memory from text to text and belongs to one thread.
 */
public final class Redactor {

  /** Changes with what is found; on record beside whatever was redacted. */
  public static final String POLICY = "2026-11-30.4";

  /** Taking something out can bring to light what it hid. */
  private static final int PASSES_MAX = 4;

  private final Work work = new Work();
  private final Level level;

  /** A redactor with memory of its own. */
  public Redactor() {
    this(Scene::new);
  }

  /** One that works on scenes of somebody who counts. */
  Redactor(Function<Spans, Scene> scenes) {
    level = new Level(work, scenes, 0);
  }

  /** What may not stay in a text, in order and without overlaps. */
  public List<Finding> find(CharSequence text) {
    work.begin(text.length());
    return level.look(text);
  }

  /**
   * The tables, in order, of the text that {@link #find} looked at last. For those who have a text
   * in pieces: before the next piece a header says what the rows there hold.
   */
  public List<Header> tables() {
    return level.tables();
  }

  /** The text without what may not stay. */
  public String redact(String text) {
    return redact(text, finding -> {});
  }

  /**
   * The same.
   *
   * @param each is told of everything that is taken out, with its place in what earlier passes left
   */
  public String redact(String text, Consumer<Finding> each) {
    List<Finding> findings = find(text);
    findings.forEach(each);
    return findings.isEmpty() ? text : redactAgain(apply(text, findings), each);
  }

  /**
   * Takes out what came to light when labels took the place of findings. Only what stands around
   * labels is looked at.
   *
   * @param text what {@link #apply} made of findings
   * @param each is told of everything that is taken out, with its place in what earlier passes left
   */
  public String redactAgain(String text, Consumer<Finding> each) {
    String clean = text;
    for (int pass = 1; pass < PASSES_MAX; pass++) {
      work.begin(clean.length());
      List<Finding> findings = level.lookAgain(clean);
      if (findings.isEmpty()) {
        return clean;
      }
      findings.forEach(each);
      clean = apply(clean, findings);
    }
    return clean;
  }

  /**
   * Puts labels in place of findings; lines stay lines.
   *
   * @param findings what {@link #find} said about this text
   */
  public static String apply(String text, List<Finding> findings) {
    StringBuilder clean = new StringBuilder(text.length() + 16);
    int at = 0;
    for (Finding finding : findings) {
      clean.append(text, at, finding.from());
      clean.append(JsonNumber.quoted(text, finding));
      int line = text.indexOf('\n', finding.from(), finding.to());
      while (line >= 0) {
        clean.append('\n');
        line = text.indexOf('\n', line + 1, finding.to());
      }
      at = finding.to();
    }
    return clean.append(text, at, text.length()).toString();
  }

  /** Characters looked at so far, in whatever view: the measure of work. */
  long work() {
    return work.total();
  }
}
