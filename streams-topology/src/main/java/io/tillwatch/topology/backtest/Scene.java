package io.tillwatch.topology.backtest;

import io.tillwatch.topology.backtest.Labels.LabelledEvent;
import io.tillwatch.topology.backtest.Labels.Role;
import io.tillwatch.topology.detect.Beliefs;
import io.tillwatch.topology.plot.Picture;
import io.tillwatch.topology.plot.Ruling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One picture to be: an event, or an incident that belongs to none, with an hour around it. */
final class Scene {

  /** What is drawn before it begins and after it ends. */
  static final int AROUND_MINUTES = 60;

  private static final int NAME_MAX = 40;

  private final String file;
  private final List<SeenCell> cells;
  private final int from;
  private final @Nullable LabelledEvent event;
  private final @Nullable FoundIncident incident;

  private Scene(
      String file,
      List<SeenCell> cells,
      int from,
      @Nullable LabelledEvent event,
      @Nullable FoundIncident incident) {
    this.file = file;
    this.cells = cells;
    this.from = Math.max(0, from);
    this.event = event;
    this.incident = incident;
  }

  /**
   * An event.
   *
   * @param number its place among the labels, from 0
   */
  static Scene of(LabelledEvent event, int number, List<SeenCell> cells) {
    String file = String.format(Locale.ROOT, "event-%03d-%s", number, plain(event.type()));
    return new Scene(file, cells, event.start() - AROUND_MINUTES, event, null);
  }

  /**
   * An incident.
   *
   * @param again how many of that minute and channel there were before
   */
  static Scene of(FoundIncident incident, int again, List<SeenCell> cells) {
    String file =
        String.format(
            Locale.ROOT,
            "incident-%06d-%s%s",
            incident.openedAt(),
            plain(incident.channel()),
            again == 0 ? "" : "-" + (again + 1));
    return new Scene(file, cells, incident.openedAt() - AROUND_MINUTES, null, incident);
  }

  /** Fit for the name of a file everywhere. */
  private static String plain(String name) {
    String safe = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    return safe.length() <= NAME_MAX ? safe : safe.substring(0, NAME_MAX);
  }

  /** Takes in a minute, if it belongs into the picture. */
  void add(int minute, SeenMinute seen, Beliefs beliefs) {
    if (from <= minute && minute < until(Integer.MAX_VALUE)) {
      cells.forEach(cell -> cell.add(seen, beliefs));
    }
  }

  private int until(int recorded) {
    Integer end = event != null ? Integer.valueOf(event.end()) : closedAt();
    return end == null ? recorded : Math.min(recorded, end + AROUND_MINUTES);
  }

  private @Nullable Integer closedAt() {
    Integer closed = incident == null ? null : incident.closedAt();
    return closed == null ? null : Integer.valueOf(closed + 1);
  }

  /** The first minute that is drawn. */
  int start() {
    return from;
  }

  /**
   * The picture.
   *
   * @param found all incidents
   * @param recorded minutes of the recording
   * @param judgement null when nothing is labelled
   */
  Picture picture(Collection<FoundIncident> found, int recorded, @Nullable Judgement judgement) {
    if (event != null && judgement != null) {
      return ofEvent(event, found, recorded, judgement);
    }
    FoundIncident told = Objects.requireNonNull(incident);
    Ruling ruling = judgement == null ? Ruling.UNSCORED : judgement.ruling(told);
    return picture(told.channel(), ruling, null, null, List.of(told), recorded);
  }

  private Picture ofEvent(
      LabelledEvent labelled, Collection<FoundIncident> found, int recorded, Judgement judgement) {
    List<FoundIncident> its =
        found.stream()
            .filter(incident -> judgement.belongs(incident, labelled))
            .sorted(Comparator.comparingInt(FoundIncident::openedAt))
            .toList();
    OptionalInt delay = judgement.delay(labelled, found);
    return picture(
        labelled.type(),
        judgement.ruling(labelled, found),
        delay.isPresent() ? delay.getAsInt() : null,
        new Picture.Span(labelled.start(), labelled.end()),
        its,
        recorded);
  }

  private Picture picture(
      String type,
      Ruling ruling,
      @Nullable Integer delay,
      Picture.@Nullable Span truth,
      List<FoundIncident> told,
      int recorded) {
    return new Picture(
        file,
        type,
        cells.stream().map(SeenCell::name).collect(Collectors.joining("; ")),
        ruling,
        delay,
        told.stream().map(Scene::named).distinct().collect(Collectors.joining(" and ")),
        from,
        Math.max(from + 1, until(recorded)),
        truth,
        told.stream().map(Scene::alarm).toList(),
        cells.stream().map(SeenCell::panel).toList(),
        notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (event != null && event.role() == Role.SIDE) {
      notes.add(
          "What happened is no fall of the success rate, which is drawn: another measure should"
              + " tell it.");
    }
    if (event != null && event.role() == Role.TRAP) {
      notes.add("Nothing is wrong here: whatever is told of it is a false alarm.");
    }
    if (event != null && event.role() == Role.TRAP_DAY) {
      notes.add("Unusual traffic is no incident: what is told besides that day's events is false.");
    }
    List<String> untested =
        cells.stream().filter(cell -> !cell.hasDrift()).map(SeenCell::name).toList();
    if (!untested.isEmpty()) {
      notes.add(
          "Not tested by itself, so its band allows for chance alone: "
              + String.join("; ", untested));
    }
    return notes;
  }

  private static Picture.Alarm alarm(FoundIncident incident) {
    return new Picture.Alarm(
        incident.channel(), incident.onsetAt(), incident.openedAt(), incident.closedAt());
  }

  /** The cells of an incident as first and as last told. */
  private static String named(FoundIncident incident) {
    String first = words(incident.rootCausesAfter(0));
    String last = words(incident.rootCausesAfter(Integer.MAX_VALUE));
    return first.equals(last) ? last : first + ", later " + last;
  }

  private static String words(List<String> cells) {
    return cells.stream().map(CubeNames::words).collect(Collectors.joining("; "));
  }
}
