package io.tillwatch.topology.plot;

/** Draws lines as the text of a path, in tenths of a pixel and in few letters. */
final class Pen {

  private static final double TENTHS = 10;

  private final StringBuilder path = new StringBuilder();
  private long x;
  private long y;

  /** Goes somewhere without drawing. */
  Pen move(double toX, double toY) {
    x = Math.round(toX * TENTHS);
    y = Math.round(toY * TENTHS);
    path.append('M').append(tenths(x));
    append(y);
    return this;
  }

  /** Draws a straight line to there. */
  Pen line(double toX, double toY) {
    long stepX = Math.round(toX * TENTHS) - x;
    long stepY = Math.round(toY * TENTHS) - y;
    x += stepX;
    y += stepY;
    if (stepY == 0) {
      path.append('h').append(tenths(stepX));
    } else if (stepX == 0) {
      path.append('v').append(tenths(stepY));
    } else {
      path.append('l').append(tenths(stepX));
      append(stepY);
    }
    return this;
  }

  /** Back to where the last move went. */
  Pen close() {
    path.append('z');
    return this;
  }

  private void append(long value) {
    path.append(value < 0 ? "" : " ").append(tenths(value));
  }

  private static String tenths(long value) {
    return Markup.number(value / TENTHS);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
