package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.backtest.Labels.LabelledEvent;
import io.tillwatch.topology.detect.Beliefs;
import io.tillwatch.topology.plot.IndexPage;
import io.tillwatch.topology.plot.Picture;
import io.tillwatch.topology.plot.SvgPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws a backtest while it runs: each labelled event, and each incident that belongs to none.
 *
 * <p>What is drawn of a minute is what the watch believed when it had closed that minute. The
 * leaves of the last hour are kept (16 bytes each and minute), because nobody knows an incident
 * before it is told; of the drift only today's is known for that hour. Besides, each picture keeps
 * some 60 bytes for each of its minutes and cells; there are {@link #SCENES_MAX} at most.
 */
final class Plots implements Onlooker {

  /** Pictures of one run; what comes later is counted and not drawn. */
  static final int SCENES_MAX = 1_000;

  private final Recording recording;
  private final @Nullable Judgement judgement;
  private final List<Scene> scenes = new ArrayList<>();
  private final List<FoundIncident> found = new ArrayList<>();
  private final Map<String, Integer> openedBefore = new HashMap<>();
  private final Deque<SeenMinute> lastHour = new ArrayDeque<>();
  private @Nullable Beliefs beliefs;
  private int minutes;
  private int left;

  /**
   * @param judgement null when nothing is labelled
   */
  Plots(Recording recording, @Nullable Judgement judgement) {
    this.recording = recording;
    this.judgement = judgement;
    List<LabelledEvent> events = judgement == null ? List.of() : judgement.events();
    for (int i = 0; i < events.size(); i++) {
      keep(Scene.of(events.get(i), i, cells(events.get(i))));
    }
  }

  private boolean keep(Scene scene) {
    boolean hasRoom = scenes.size() < SCENES_MAX;
    if (hasRoom) {
      scenes.add(scene);
    } else {
      left++;
    }
    return hasRoom;
  }

  private List<SeenCell> cells(LabelledEvent event) {
    if (event.causes().isEmpty()) {
      return List.of(cell(Slice.TOTAL));
    }
    List<SeenCell> cells = new ArrayList<>();
    for (Map<String, String> cause : event.causes()) {
      cells.add(
          recording
              .names()
              .slice(cause)
              .map(this::cell)
              .orElseGet(() -> new SeenCell(cause.toString(), Slice.TOTAL, new BitSet())));
    }
    return cells;
  }

  private SeenCell cell(Slice slice) {
    BitSet held = new BitSet();
    List<Slice> leaves = recording.leaves();
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      held.set(leaf, slice.covers(leaves.get(leaf)));
    }
    return new SeenCell(CubeNames.words(recording.names().cell(slice.toMap())), slice, held);
  }

  @Override
  public void closed(int minute, LeafCounts counts, Beliefs now) {
    SeenMinute seen = new SeenMinute(minute, counts, now);
    scenes.forEach(scene -> scene.add(minute, seen, now));
    lastHour.addLast(seen);
    if (lastHour.size() > Scene.AROUND_MINUTES + 1) {
      lastHour.removeFirst();
    }
    beliefs = now;
    minutes = minute + 1;
  }

  @Override
  public void opened(FoundIncident incident, List<Slice> roots) {
    found.add(incident);
    if (judgement != null && judgement.belongs(incident) || beliefs == null) {
      return;
    }
    int again = openedBefore.merge(incident.openedAt() + incident.channel(), 1, Integer::sum) - 1;
    Scene scene = Scene.of(incident, again, roots.stream().map(this::cell).toList());
    if (keep(scene)) {
      int at = minutes - lastHour.size();
      for (SeenMinute seen : lastHour) {
        scene.add(at++, seen, beliefs);
      }
    }
  }

  /**
   * Writes all pictures and a page that shows them.
   *
   * @param source what was run, for people
   * @return how many pictures that were
   */
  int write(Path folder, String source) throws IOException {
    List<Picture> pictures = pictures();
    for (Picture picture : pictures) {
      Files.writeString(folder.resolve(picture.file() + ".svg"), SvgPlot.draw(picture));
    }
    Files.writeString(folder.resolve("index.html"), IndexPage.of(source, pictures));
    return pictures.size();
  }

  /** All pictures, in order of time. */
  List<Picture> pictures() {
    return scenes.stream()
        .sorted(Comparator.comparingInt(Scene::start))
        .map(scene -> scene.picture(found, minutes, judgement))
        .toList();
  }

  /** Pictures for which there was no room. */
  int left() {
    return left;
  }
}
