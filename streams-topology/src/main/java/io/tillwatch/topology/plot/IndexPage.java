package io.tillwatch.topology.plot;

import java.util.List;
import java.util.Locale;

/** All pictures of a run on one page: those that want a look first. */
public final class IndexPage {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="color-scheme" content="light dark"><title>Backtest</title>
      <style>
      :root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--soft:#59636e;--line:#d8dde3;
      --good:#0b62a4;--bad:#c44601;--neutral:#59636e}
      @media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9aa4af;
      --line:#2d343d;--good:#1f6fb2;--bad:#b84a0e;--neutral:#4a525c}}
      body{margin:2rem auto;max-width:84rem;padding:0 1rem;background:var(--paper);
      color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
      h1{font-size:1.5rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:2rem 0 .4rem}
      p{margin:.2rem 0;color:var(--soft)}table{border-collapse:collapse;width:100%}
      th{text-align:left;font-weight:600;color:var(--soft)}
      th,td{padding:.5rem 1.4rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
      td.number,th.number{text-align:right;white-space:nowrap;
      font-variant-numeric:tabular-nums}
      td img{width:36rem;max-width:46vw;height:auto;display:block;border-radius:4px}
      .verdict{display:inline-block;border-radius:1rem;padding:.05rem .7rem;color:#fff;
      white-space:nowrap}
      .good{background:var(--good)}.bad{background:var(--bad)}.neutral{background:var(--neutral)}
      .cell{overflow-wrap:anywhere}small{color:var(--soft)}a{color:inherit}
      </style></head><body>
      """;

  private IndexPage() {}

  /**
   * The text of the page.
   *
   * @param source what was run, for people
   * @param pictures in order of time
   */
  public static String of(String source, List<Picture> pictures) {
    List<Picture> bad =
        pictures.stream().filter(p -> p.ruling().tone() == Ruling.Tone.BAD).toList();
    List<Picture> rest =
        pictures.stream().filter(p -> p.ruling().tone() != Ruling.Tone.BAD).toList();
    Markup page = new Markup();
    page.add(HEAD.strip());
    page.add("<h1>Backtest of {}</h1>", source);
    page.add("<p>{}</p>", summary(pictures));
    section(page, "Worth a look", bad);
    section(page, bad.isEmpty() ? "Events and incidents" : "As it should be", rest);
    return page.add("</body></html>").toString();
  }

  private static String summary(List<Picture> pictures) {
    StringBuilder summary = new StringBuilder();
    for (Ruling ruling : Ruling.values()) {
      long count = pictures.stream().filter(picture -> picture.ruling() == ruling).count();
      if (count > 0) {
        summary.append(summary.isEmpty() ? "" : ", ").append(count).append(' ');
        summary.append(ruling.words());
      }
    }
    return summary.isEmpty()
        ? "Nothing happened, and nothing was told."
        : summary.append('.').toString();
  }

  private static void section(Markup page, String heading, List<Picture> pictures) {
    if (pictures.isEmpty()) {
      return;
    }
    page.add("<h2>{}</h2>", heading);
    page.add(
        "<table><thead><tr><th>Type</th><th>Verdict</th><th class=\"number\">Delay</th>"
            + "<th>Where, and as what it was told</th><th>Picture</th></tr></thead><tbody>");
    pictures.forEach(picture -> row(page, picture));
    page.add("</tbody></table>");
  }

  private static void row(Markup page, Picture picture) {
    Integer delay = picture.delayMinutes();
    page.add("<tr><td>{}<br><small>{}</small></td>", picture.title(), SvgPlot.when(picture));
    page.add(
        "<td><span class=\"verdict {}\">{}</span></td><td class=\"number\">{}</td>",
        picture.ruling().tone().name().toLowerCase(Locale.ROOT),
        picture.ruling().words(),
        delay == null ? "–" : Clock.duration(delay));
    page.add(
        "<td class=\"cell\">{}<br><small>{}</small></td>",
        picture.cells(),
        picture.told().isEmpty() ? "nothing was told" : "told as " + picture.told());
    page.add(
        "<td><a href=\"{}.svg\"><img src=\"{}.svg\" alt=\"{}\" loading=\"lazy\"></a></td></tr>",
        picture.file(),
        picture.file(),
        picture.title() + ": " + SvgPlot.verdict(picture));
  }
}
