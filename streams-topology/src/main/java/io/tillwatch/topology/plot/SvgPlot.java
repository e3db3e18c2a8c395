package io.tillwatch.topology.plot;

import java.util.List;
import java.util.Locale;

/** A picture as one SVG file. */
public final class SvgPlot {

  static final int WIDTH = 960;
  static final int LEFT = 64;
  static final int RIGHT = 20;

  private static final int HEAD = 92;
  private static final int NOTE_HEIGHT = 17;
  private static final int FOOT = 12;
  private static final int TEXT_MAX = 130;
  private static final double BADGE_LETTER = 7.6;
  private static final int BADGE_PADDING = 26;

  /** About as many points as there are pixels to tell them apart. */
  private static final int POINTS_MAX = 300;

  /** Panels drawn; of further cells only the number is said. */
  private static final int PANELS_MAX = 6;

  private static final String STYLE =
      """
      <style>
      text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;\
      font-size:12px;fill:#1f2328}
      .paper{fill:#fff}.title{font-size:18px;font-weight:600}.cell{font-size:13px;font-weight:600}
      .soft{fill:#59636e}.grid{stroke:#e3e6ea}.frame{stroke:#aab1ba;fill:none}
      .observed{stroke:#0b62a4;fill:none;stroke-width:1.6;stroke-linejoin:round}
      .dot{fill:#0b62a4}.expected{stroke:#1f2328;fill:none;stroke-width:1.3;stroke-dasharray:6 3}
      .band{fill:#56b4e9;fill-opacity:.28}.volume{fill:#8a94a0;fill-opacity:.75}
      .truth{fill:#e69f00;fill-opacity:.13}.edge{fill:#e69f00}
      .hatch{stroke:#e69f00;stroke-opacity:.45}
      .onset{stroke:#a3447f;fill:#a3447f;stroke-width:1.5;stroke-dasharray:2 3}
      .alarm{stroke:#c44601;fill:#c44601;stroke-width:2}
      .closed{stroke:#00735a;fill:#00735a;stroke-width:1.5;stroke-dasharray:8 3}
      path.solid{stroke:none}
      text.onset,text.alarm,text.closed{stroke:none;font-size:11.5px;font-weight:600}
      .good{fill:#0b62a4}.bad{fill:#c44601}.neutral{fill:#59636e}.badge{fill:#fff;font-weight:600}
      @media (prefers-color-scheme:dark){
      text{fill:#e6edf3}.paper{fill:#0d1117}.soft{fill:#9aa4af}.grid{stroke:#262c34}
      .frame{stroke:#4a525c}.observed{stroke:#6cb8f5}.dot{fill:#6cb8f5}
      .expected{stroke:#e6edf3}.band{fill:#56b4e9;fill-opacity:.22}
      .truth{fill-opacity:.12}.volume{fill:#7d8793}
      .onset{stroke:#e79cc8;fill:#e79cc8}.alarm{stroke:#ff8f4a;fill:#ff8f4a}
      .closed{stroke:#3fd0a8;fill:#3fd0a8}
      .good{fill:#1f6fb2}.bad{fill:#b84a0e}.neutral{fill:#4a525c}.badge{fill:#fff}
      }
      </style>
      <defs>
      <marker id="dot" viewBox="0 0 4 4" refX="2" refY="2" markerWidth="3.6" markerHeight="3.6" \
      markerUnits="userSpaceOnUse"><circle class="dot" cx="2" cy="2" r="2"/></marker>
      <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><path class="hatch" d="M0 0V7"/></pattern>
      </defs>
      """;

  private SvgPlot() {}

  /** The text of the file. */
  public static String draw(Picture picture) {
    List<Panel> panels = picture.panels().subList(0, Math.min(PANELS_MAX, picture.panels().size()));
    int more = picture.panels().size() - panels.size();
    int notes = picture.notes().size() + (more > 0 ? 1 : 0);
    int height = HEAD + panels.size() * PanelDrawing.HEIGHT + notes * NOTE_HEIGHT + FOOT;
    Markup svg = new Markup();
    svg.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\""
            + " height=\"{}\" role=\"img\">",
        WIDTH,
        height,
        WIDTH,
        height);
    svg.add("<title>{}: {}</title>", picture.title(), verdict(picture));
    svg.add("<desc>{}</desc>", where(picture) + "; " + when(picture) + ". " + told(picture));
    svg.add("{}", new Markup().add(STYLE.strip()));
    svg.add("<rect class=\"paper\" width=\"{}\" height=\"{}\"/>", WIDTH, height);
    head(picture, svg);
    int step = Panel.step(picture.until() - picture.from(), POINTS_MAX);
    Legend.draw(svg, 20, HEAD - 16);
    int y = HEAD;
    for (Panel panel : panels) {
      new PanelDrawing(picture, panel, step, y).draw(svg);
      y += PanelDrawing.HEIGHT;
    }
    for (String note : picture.notes()) {
      note(svg, y, note);
      y += NOTE_HEIGHT;
    }
    if (more > 0) {
      note(svg, y, "%d more cells are not drawn.".formatted(more));
    }
    return svg.add("</svg>").toString();
  }

  private static void note(Markup svg, int y, String note) {
    svg.add("<text class=\"soft\" x=\"{}\" y=\"{}\">{}</text>", LEFT, y + 12, shortened(note));
  }

  private static void head(Picture picture, Markup svg) {
    svg.add("<text class=\"title\" x=\"20\" y=\"30\">{}</text>", shortened(heading(picture)));
    svg.add(
        "<text class=\"soft\" x=\"20\" y=\"51\">{}</text>",
        shortened(when(picture) + " · " + told(picture)));
    String verdict = verdict(picture);
    double width = verdict.length() * BADGE_LETTER + BADGE_PADDING;
    double left = WIDTH - RIGHT - width;
    svg.add(
        "<rect class=\"{}\" x=\"{}\" y=\"13\" width=\"{}\" height=\"24\" rx=\"12\"/>",
        picture.ruling().tone().name().toLowerCase(Locale.ROOT),
        left,
        width);
    svg.add(
        "<text class=\"badge\" x=\"{}\" y=\"29.5\" text-anchor=\"middle\">{}</text>",
        left + width / 2,
        verdict);
  }

  private static String heading(Picture picture) {
    return picture.title() + " · " + where(picture);
  }

  static String where(Picture picture) {
    return picture.cells();
  }

  /** For example {@code day 8 (Mon) 02:45 to 02:57, 12 min}. */
  static String when(Picture picture) {
    int start = picture.start();
    String begin = Clock.day(start) + " " + Clock.time(start);
    if (picture.truth() == null) {
      return "taken to have begun on " + begin;
    }
    int end = picture.truth().until();
    boolean sameDay = start / Clock.DAY_MINUTES == end / Clock.DAY_MINUTES;
    return "%s to %s%s, %s"
        .formatted(
            begin,
            sameDay ? "" : Clock.day(end) + " ",
            Clock.time(end),
            Clock.duration(end - start));
  }

  private static String told(Picture picture) {
    return picture.told().isEmpty() ? "nothing was told" : "told as " + picture.told();
  }

  /** For example {@code ✓ found after 1 min}. */
  static String verdict(Picture picture) {
    String sign =
        switch (picture.ruling().tone()) {
          case GOOD -> "✓ ";
          case BAD -> "✗ ";
          case NEUTRAL -> "";
        };
    Integer delay = picture.delayMinutes();
    String words = sign + picture.ruling().words();
    return delay == null ? words : words + " after " + Clock.duration(delay);
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 1) + "…";
  }
}
