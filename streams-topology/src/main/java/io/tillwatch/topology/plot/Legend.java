package io.tillwatch.topology.plot;

/** Says what is what, in one row. */
final class Legend {

  private static final double LETTER = 6.6;
  private static final double SIGN = 28;
  private static final double GAP = 15;

  private final Markup svg;
  private final double y;
  private double x;

  private Legend(Markup svg, double x, double y) {
    this.svg = svg;
    this.x = x;
    this.y = y;
  }

  /**
   * Draws it.
   *
   * @param x its left end
   * @param y the line that its words stand on
   */
  static void draw(Markup svg, double x, double y) {
    Legend legend = new Legend(svg, x, y);
    legend.observed("observed");
    legend.line("expected then");
    legend.band("95 % of chance and drift");
    legend.truth("what really happened");
    legend.mark(Sign.ONSET, "onset estimate");
    legend.mark(Sign.ALARM, "alarm");
    legend.mark(Sign.CLOSED, "closed");
  }

  private void observed(String words) {
    svg.add("<path class=\"observed\" d=\"M{} {}h11h11\" marker-mid=\"url(#dot)\"/>", x, y - 4);
    words(words);
  }

  private void line(String words) {
    svg.add("<path class=\"expected\" d=\"M{} {}h22\"/>", x, y - 4);
    words(words);
  }

  private void band(String words) {
    box("class=\"band\"", 11);
    words(words);
  }

  private void truth(String words) {
    box("class=\"truth\"", 11);
    box("fill=\"url(#hatch)\"", 11);
    box("class=\"edge\"", 3);
    words(words);
  }

  private void box(String look, int height) {
    svg.add("<rect " + look + " x=\"{}\" y=\"{}\" width=\"22\" height=\"{}\"/>", x, y - 10, height);
  }

  private void mark(Sign sign, String words) {
    svg.add("<path class=\"{}\" d=\"M{} {}v14\"/>", sign.style(), x + 14, y - 11);
    svg.add("<path class=\"{} solid\" d=\"{}\"/>", sign.style(), sign.at(x + 14, y - 7));
    words(words);
  }

  private void words(String words) {
    svg.add("<text x=\"{}\" y=\"{}\">{}</text>", x + SIGN, y, words);
    x += SIGN + words.length() * LETTER + GAP;
  }
}
