package io.tillwatch.standalone.demo;

import java.io.PrintStream;

/**
 * One line on the console that is written over while something long goes on; where the output is no
 * terminal, a new line now and then.
 */
public final class ProgressLine {

  private static final long TERMINAL_EVERY_NANOS = 200_000_000L;
  private static final long FILE_EVERY_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private long shownAtNanos;
  private int width;

  public ProgressLine(PrintStream out) {
    this.out = out;
    this.terminal = System.console() != null && System.console().isTerminal();
    this.shownAtNanos = System.nanoTime() - FILE_EVERY_NANOS;
  }

  /** Shows how far it is, unless that was said a moment ago. */
  public void show(String text) {
    long now = System.nanoTime();
    if (now - shownAtNanos < (terminal ? TERMINAL_EVERY_NANOS : FILE_EVERY_NANOS)) {
      return;
    }
    shownAtNanos = now;
    if (terminal) {
      out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
      out.flush();
      width = text.length();
    } else {
      out.println(text);
    }
  }

  /** Clears the line for what follows. */
  public void end() {
    if (terminal && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
    }
  }
}
