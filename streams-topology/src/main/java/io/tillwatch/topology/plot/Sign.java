package io.tillwatch.topology.plot;

import java.util.Locale;

/** What marks a moment: each has a shape of its own, and a line of its own kind. */
enum Sign {
  /** A diamond on dots. */
  ONSET("m-5 0l5 -5l5 5l-5 5z"),
  /** A triangle on a solid line. */
  ALARM("m-6 -5h12l-6 10z"),
  /** A square on dashes. */
  CLOSED("m-4.5 -4.5h9v9h-9z");

  private final String shape;

  Sign(String shape) {
    this.shape = shape;
  }

  String style() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The path of its shape around a point. */
  String at(double x, double y) {
    return "M" + Markup.number(x) + " " + Markup.number(y) + shape;
  }
}
