package io.tillwatch.topology.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One cell: its rates, its traffic below, and what was told above. */
final class PanelDrawing {

  /** Pixels that a panel takes. */
  static final int HEIGHT = 352;

  private static final int LABELS = 62;
  private static final int LABEL_ROWS = 3;
  private static final double LABEL_HEIGHT = 14;
  private static final double LABEL_LETTER = 6.6;
  private static final double SIGN_SIZE = 10;
  private static final double DAY_SIZE = 50;
  private static final int RATES = 190;
  private static final int GAP = 14;
  private static final int TRAFFIC = 34;

  /** Alarms drawn; of further ones the picture says nothing. */
  private static final int ALARMS_MAX = 12;

  private final Picture picture;
  private final Panel panel;
  private final List<Point> points;
  private final int step;
  private final int top;
  private final TimeAxis time;
  private final RateAxis rates;
  private final double trafficTop;
  private final double bottom;

  /**
   * @param step minutes that are one point
   * @param y upper end of the panel
   */
  PanelDrawing(Picture picture, Panel panel, int step, int y) {
    this.picture = picture;
    this.panel = panel;
    this.points = panel.inStepsOf(step);
    this.step = step;
    this.top = y + LABELS;
    this.time =
        new TimeAxis(
            picture.from(),
            picture.until(),
            SvgPlot.LEFT,
            SvgPlot.WIDTH - SvgPlot.LEFT - SvgPlot.RIGHT);
    this.rates = RateAxis.of(points, top, RATES);
    this.trafficTop = top + RATES + GAP;
    this.bottom = trafficTop + TRAFFIC;
  }

  void draw(Markup svg) {
    svg.add(
        "<text class=\"cell\" x=\"{}\" y=\"{}\">{}</text>",
        SvgPlot.LEFT,
        top - LABELS + 14,
        panel.cell());
    truth(svg);
    axes(svg);
    svg.add("<path class=\"band\" d=\"{}\"/>", band());
    svg.add("<path class=\"expected\" d=\"{}\"/>", expected());
    svg.add(
        "<path class=\"observed\" d=\"{}\" marker-start=\"url(#dot)\" marker-mid=\"url(#dot)\""
            + " marker-end=\"url(#dot)\"/>",
        line(Point::observedRate));
    traffic(svg);
    marks(svg);
  }

  private void truth(Markup svg) {
    Picture.Span truth = picture.truth();
    if (truth == null) {
      return;
    }
    double from = time.at(Math.max(truth.from(), picture.from()));
    double width = time.at(Math.min(truth.until(), picture.until())) - from;
    String box = " x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>";
    svg.add("<rect class=\"truth\"" + box, from, top, width, bottom - top);
    svg.add("<rect fill=\"url(#hatch)\"" + box, from, top, width, bottom - top);
    svg.add("<rect class=\"edge\"" + box, from, top - 3, width, 3);
  }

  private void axes(Markup svg) {
    for (double rate : rates.ticks()) {
      double y = rates.at(rate);
      svg.add("<path class=\"grid\" d=\"M{} {}H{}\"/>", time.left(), y, time.right());
      svg.add(
          "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
          time.left() - 7,
          y + 4,
          rates.label(rate));
    }
    svg.add(
        "<text class=\"soft\" transform=\"translate(15 {}) rotate(-90)\" text-anchor=\"middle\">"
            + "{}</text>",
        top + RATES / 2,
        step == 1 ? "success rate a minute" : "success rate in %d min".formatted(step));
    svg.add(
        "<path class=\"frame\" d=\"M{} {}V{}H{}\"/>", time.left(), top, top + RATES, time.right());
    boolean saysDay = true;
    for (int minute : time.ticks()) {
      double x = time.at(minute);
      svg.add("<path class=\"grid\" d=\"M{} {}V{}\"/>", x, top, bottom);
      svg.add(
          "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
          x,
          bottom + 16,
          Clock.time(minute));
      if (saysDay || minute % Clock.DAY_MINUTES == 0) {
        svg.add(
            "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            Math.min(x, time.right() - DAY_SIZE / 2),
            bottom + 31,
            Clock.day(minute));
        saysDay = false;
      }
    }
  }

  private Pen line(ToDoubleFunction<Point> rate) {
    Pen pen = new Pen();
    for (List<Point> piece : pieces()) {
      pen.move(middle(piece.getFirst()), rates.at(rate.applyAsDouble(piece.getFirst())));
      for (Point point : piece.subList(1, piece.size())) {
        pen.line(middle(point), rates.at(rate.applyAsDouble(point)));
      }
    }
    return pen;
  }

  /** From the beginning of each run to its end: a minute by itself is as wide as a minute. */
  private Pen expected() {
    Pen pen = new Pen();
    for (List<Point> piece : pieces()) {
      pen.move(time.at(piece.getFirst().minute()), rates.at(piece.getFirst().expectedRate()));
      trace(pen, piece, Point::expectedRate);
    }
    return pen;
  }

  private Pen band() {
    Pen pen = new Pen();
    for (List<Point> piece : pieces()) {
      pen.move(time.at(piece.getFirst().minute()), rates.at(piece.getFirst().high()));
      trace(pen, piece, Point::high);
      Point last = piece.getLast();
      pen.line(time.at(last.minute() + last.minutes()), rates.at(last.low()));
      piece.reversed().forEach(point -> pen.line(middle(point), rates.at(point.low())));
      pen.line(time.at(piece.getFirst().minute()), rates.at(piece.getFirst().low())).close();
    }
    return pen;
  }

  private void trace(Pen pen, List<Point> piece, ToDoubleFunction<Point> rate) {
    piece.forEach(point -> pen.line(middle(point), rates.at(rate.applyAsDouble(point))));
    Point last = piece.getLast();
    pen.line(time.at(last.minute() + last.minutes()), rates.at(rate.applyAsDouble(last)));
  }

  private double middle(Point point) {
    return time.at(point.minute() + point.minutes() / 2.0);
  }

  /** Runs of points without a minute missing between them. */
  private List<List<Point>> pieces() {
    List<List<Point>> pieces = new ArrayList<>();
    int next = Integer.MIN_VALUE;
    for (Point point : points) {
      if (point.hasRate()) {
        if (point.minute() != next) {
          pieces.add(new ArrayList<>());
        }
        pieces.getLast().add(point);
        next = point.minute() + point.minutes();
      }
    }
    return pieces;
  }

  private void traffic(Markup svg) {
    double most = 1;
    for (Point point : points) {
      most = Math.max(most, point.attempts() / point.minutes());
    }
    Pen pen = new Pen();
    for (Point point : points) {
      double height = point.attempts() / point.minutes() / most * TRAFFIC;
      double x = time.at(point.minute());
      pen.move(x, bottom).line(x, bottom - height);
      pen.line(time.at(point.minute() + point.minutes()), bottom - height);
      pen.line(time.at(point.minute() + point.minutes()), bottom);
    }
    svg.add("<path class=\"volume\" d=\"{}\"/>", pen);
    svg.add(
        "<path class=\"frame\" d=\"M{} {}V{}H{}\"/>",
        time.left(),
        trafficTop,
        bottom,
        time.right());
    svg.add(
        "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        time.left() - 7,
        trafficTop + 8,
        String.format(Locale.ROOT, most < 10 && step > 1 ? "%.1f" : "%,.0f", most));
    svg.add(
        "<text class=\"soft\" x=\"{}\" y=\"{}\" text-anchor=\"end\">0</text>",
        time.left() - 7,
        bottom + 2);
    svg.add(
        "<text class=\"soft\" x=\"{}\" y=\"{}\">attempts a minute</text>",
        time.left() + 5,
        trafficTop - 3);
  }

  private void marks(Markup svg) {
    List<Moment> moments = moments();
    Lanes lanes = new Lanes(LABEL_ROWS);
    for (Moment moment : moments) {
      if (time.has(moment.edge)) {
        double x = time.at(moment.edge);
        String style = moment.sign.style();
        svg.add("<path class=\"{}\" d=\"M{} {}V{}\"/>", style, x, top - 6, bottom);
        svg.add("<path class=\"{} solid\" d=\"{}\"/>", style, moment.sign.at(x, top - 9));
        lanes.block(x - SIGN_SIZE / 2, x + SIGN_SIZE / 2);
      }
    }
    moments.forEach(moment -> label(svg, lanes, moment));
  }

  /**
   * Something to mark.
   *
   * @param edge where it is drawn: a minute counts when it is over
   */
  private record Moment(Sign sign, String words, int edge) {}

  private List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    List<Picture.Alarm> alarms = picture.alarms();
    for (Picture.Alarm alarm : alarms.subList(0, Math.min(ALARMS_MAX, alarms.size()))) {
      String channel = alarm.channel().equals("success_rate") ? "" : alarm.channel() + " ";
      moments.add(new Moment(Sign.ONSET, "onset " + Clock.time(alarm.onset()), alarm.onset()));
      moments.add(
          new Moment(
              Sign.ALARM,
              channel.replace('_', ' ') + "alarm " + Clock.time(alarm.opened()),
              alarm.opened() + 1));
      Integer closed = alarm.closed();
      if (closed != null) {
        moments.add(new Moment(Sign.CLOSED, "closed " + Clock.time(closed), closed + 1));
      }
    }
    return moments;
  }

  private void label(Markup svg, Lanes lanes, Moment moment) {
    if (moment.edge > picture.until()) {
      return;
    }
    boolean isBefore = moment.edge < picture.from();
    String words = isBefore ? "◂ " + moment.words : moment.words;
    double width = words.length() * LABEL_LETTER;
    double x = isBefore ? time.left() - SIGN_SIZE : time.at(moment.edge);
    boolean fitsLeft = x - width - SIGN_SIZE > time.left();
    boolean fitsRight = x + width + SIGN_SIZE < time.right();
    boolean isLeft = moment.sign == Sign.ONSET ? fitsLeft : !fitsRight;
    double from = isLeft ? x - width - SIGN_SIZE : x + SIGN_SIZE;
    int row = lanes.take(from, from + width);
    if (row >= 0) {
      svg.add(
          "<text class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
          moment.sign.style(),
          isLeft ? from + width : from,
          top - 5 - row * LABEL_HEIGHT,
          isLeft ? "end" : "start",
          words);
    }
  }
}
