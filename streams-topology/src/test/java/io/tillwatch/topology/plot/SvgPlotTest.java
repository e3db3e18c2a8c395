package io.tillwatch.topology.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Goal: a picture is well-formed whatever it is called, and everything is where it belongs. */
class SvgPlotTest {

  /** 1,000 attempts a minute of which 100 are expected to fail. */
  private static Point minute(int minute, double failures) {
    return new Point(minute, 1, 1_000, failures, 100, 90, 10);
  }

  private static Picture picture(
      String type, String cell, List<Point> points, Picture.@Nullable Alarm alarm) {
    return new Picture(
        "event-000-x",
        type,
        cell,
        Ruling.FOUND,
        2,
        cell,
        0,
        120,
        new Picture.Span(60, 90),
        alarm == null ? List.of() : List.of(alarm),
        List.of(new Panel(cell, points)),
        List.of());
  }

  private static List<Point> twoHours() {
    List<Point> points = new ArrayList<>();
    for (int minute = 0; minute < 120; minute++) {
      points.add(minute(minute, minute >= 60 && minute < 90 ? 400 : 100));
    }
    return points;
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> of(Document svg, String tag, String style) {
    List<Element> found = new ArrayList<>();
    NodeList all = svg.getElementsByTagName(tag);
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.getAttribute("class").equals(style)) {
        found.add(element);
      }
    }
    return found;
  }

  @Test
  void whatIsFilledInIsEscapedAndNothingIsFetched() throws Exception {
    String nasty = "psp=<script>alert(\"1\")</script>&'\u0000\uD800";
    String svg = SvgPlot.draw(picture("a]]><b>&amp;", nasty, twoHours(), null));
    Document parsed = parsed(svg);
    assertThat(parsed.getElementsByTagName("script").getLength()).isZero();
    assertThat(of(parsed, "text", "cell").getFirst().getTextContent())
        .isEqualTo("psp=<script>alert(\"1\")</script>&'\uFFFD\uFFFD");
    assertThat(svg.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "@import");
  }

  @Test
  void aMomentIsDrawnWhereItsMinuteBeginsOrEnds() throws Exception {
    Picture.Alarm alarm = new Picture.Alarm("success_rate", 60, 61, 95);
    Document svg = parsed(SvgPlot.draw(picture("outage", "psp=a", twoHours(), alarm)));
    double width = SvgPlot.WIDTH - SvgPlot.LEFT - SvgPlot.RIGHT;
    assertThat(place(svg, "onset")).isEqualTo(SvgPlot.LEFT + width / 2);
    assertThat(place(svg, "alarm")).isEqualTo(SvgPlot.LEFT + round(width * 62 / 120));
    assertThat(place(svg, "closed")).isEqualTo(SvgPlot.LEFT + round(width * 96 / 120));
    Element truth = of(svg, "rect", "truth").getLast();
    assertThat(Double.parseDouble(truth.getAttribute("x"))).isEqualTo(place(svg, "onset"));
    assertThat(Double.parseDouble(truth.getAttribute("width"))).isEqualTo(width / 4);
    assertThat(texts(svg)).contains("onset 01:00", "alarm 01:01", "closed 01:35", "day 1 (Mon)");
    assertThat(texts(svg)).contains("✓ found after 2 min", "100 %", "outage · psp=a");
  }

  @Test
  void anOnsetBeforeThePictureIsOnlySaid() throws Exception {
    Picture.Alarm alarm = new Picture.Alarm("volume", -30, 61, null);
    Document svg = parsed(SvgPlot.draw(picture("outage", "psp=a", twoHours(), alarm)));
    assertThat(texts(svg)).contains("◂ onset 23:30", "volume alarm 01:01");
    assertThat(of(svg, "path", "onset")).hasSize(1); // the one of the legend
  }

  @Test
  void theBandIsWhatChanceAndDriftAllow() {
    Point point = minute(0, 100);
    double spread = 1.959964 * Math.sqrt(90 + 10 * 10) / 1_000;
    assertThat(point.low()).isEqualTo(.9 - spread);
    assertThat(point.high()).isEqualTo(.9 + spread);
    assertThat(new Point(0, 1, 1, 0, .1, .09, 0).high()).isEqualTo(1);
    Point two = point.plus(minute(1, 300));
    assertThat(two).isEqualTo(new Point(0, 2, 2_000, 400, 200, 180, 20));
    assertThat(two.observedRate()).isEqualTo(.8);
  }

  @Test
  void aMinuteWithoutAttemptsIsAGap() throws Exception {
    List<Point> points = twoHours();
    points.set(30, new Point(30, 1, 0, 0, 0, 0, 0));
    points.remove(100);
    Document svg = parsed(SvgPlot.draw(picture("outage", "psp=a", points, null)));
    String line = of(svg, "path", "observed").getLast().getAttribute("d");
    assertThat(line.chars().filter(c -> c == 'M')).hasSize(3);
  }

  @Test
  void aDayIsDrawnInStepsOfSeveralMinutes() throws Exception {
    List<Point> points = new ArrayList<>();
    for (int minute = 0; minute < 1_440; minute++) {
      points.add(minute(minute, 100));
    }
    assertThat(new Panel("all", points).inStepsOf(Panel.step(1_440, 300))).hasSize(288);
    Picture day =
        new Picture(
            "x",
            "holiday",
            "all",
            Ruling.SILENT,
            null,
            "",
            0,
            1_440,
            null,
            List.of(),
            List.of(new Panel("all", points)),
            List.of("A note."));
    String svg = SvgPlot.draw(day);
    assertThat(svg.length()).isLessThan(20_000);
    assertThat(texts(parsed(svg))).contains("success rate in 5 min", "A note.", "✓ kept silent");
  }

  @Test
  void thePageShowsWhatWantsALookFirst() {
    Picture found = picture("outage", "psp=a", List.of(), null);
    Picture missed =
        new Picture(
            "event-001-x",
            "slow<drift",
            "psp=b",
            Ruling.MISSED,
            null,
            "",
            0,
            9,
            new Picture.Span(3, 5),
            List.of(),
            List.of(),
            List.of());
    String page = IndexPage.of("dev & co", List.of(found, missed));
    assertThat(page)
        .contains("Backtest of dev &amp; co", "1 found, 1 missed.", "slow&lt;drift")
        .contains("src=\"event-001-x.svg\"", "href=\"event-000-x.svg\"", ">2 min<")
        .doesNotContain("http", "<script");
    assertThat(page.indexOf("event-001-x.svg")).isLessThan(page.indexOf("event-000-x.svg"));
    assertThat(IndexPage.of("x", List.of())).contains("Nothing happened");
  }

  @Test
  void labelsAreNotWrittenOverEachOther() {
    Lanes lanes = new Lanes(2);
    lanes.block(0, 10);
    assertThat(lanes.take(5, 50)).isEqualTo(1);
    assertThat(lanes.take(20, 60)).isEqualTo(0);
    assertThat(lanes.take(30, 40)).isEqualTo(-1);
  }

  private static double round(double pixels) {
    return Math.round(pixels * 10) / 10.0;
  }

  /** Where the last line of a kind stands; the first one is the legend's. */
  private static double place(Document svg, String style) {
    String path = of(svg, "path", style).getLast().getAttribute("d");
    return Double.parseDouble(path.substring(1, path.indexOf(' ')));
  }

  private static List<String> texts(Document svg) {
    List<String> texts = new ArrayList<>();
    NodeList all = svg.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      texts.add(all.item(i).getTextContent());
    }
    return texts;
  }
}
