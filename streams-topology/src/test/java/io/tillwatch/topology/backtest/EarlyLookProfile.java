package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.detect.Watch;
import io.tillwatch.topology.detect.WatchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Measures what early looks find, and whether they are wrong more often: runs a labelled recording
 * with each minute's events spread over its six parts at random, by seed.
 *
 * <p>Not a test: {@code java … EarlyLookProfile SEED FOLDER...}. Prints the score, and after how
 * many seconds of their first minute the incidents were told (60: when the minute was over). With
 * seed 0 nothing is looked at early.
 */
final class EarlyLookProfile {

  private static final int PARTS = 6;
  private static final int PART_SECONDS = 60 / PARTS;
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Recording recording;
  private final boolean looks;
  private final SplittableRandom random;
  private final Watch watch = new Watch(WatchSettings.DEFAULT, "profile", EventKind.AUTH);
  private final Map<String, FoundIncident> found = new LinkedHashMap<>();
  private final Map<Integer, Integer> bySeconds = new TreeMap<>();

  private EarlyLookProfile(Recording recording, long seed) {
    this.recording = recording;
    this.looks = seed != 0;
    this.random = new SplittableRandom(seed);
  }

  public static void main(String[] args) throws IOException {
    for (int i = 1; i < args.length; i++) {
      Recording recording = new Recording(Path.of(args[i]));
      new EarlyLookProfile(recording, Long.parseLong(args[0])).run(args[i]);
    }
  }

  private void run(String name) throws IOException {
    recording.read(this::minute);
    Labels labels = recording.labels().orElseThrow();
    Score score =
        Score.of(
            new ArrayList<>(found.values()), labels, new Places(recording, labels.warmUpMinutes()));
    System.out.printf(
        "%s: F1 %.3f, precision %.3f, recall %.3f, false a day %.2f, traps %d of %d,"
            + " root set +0 %.3f, +5 %.3f; told after seconds %s%n",
        name,
        score.f1(),
        score.precision(),
        score.recall(),
        score.falseIncidentsPerDay(),
        score.trapsAlerted(),
        score.traps(),
        score.rootSetAt0().f1(),
        score.rootSetAt5().f1(),
        bySeconds);
  }

  private void minute(int minute, LeafCounts counts) {
    long at = recording.start().toEpochMilli() + minute * MINUTE_MILLIS;
    if (looks) {
      fill(minute, at, counts);
    }
    take(watch.closeMinute(at, counts, at + MINUTE_MILLIS).bursts(), minute, 60);
    watch.drainState();
  }

  private void fill(int minute, long at, LeafCounts counts) {
    int[][] events = new int[PARTS][counts.size()];
    int[][] failures = new int[PARTS][counts.size()];
    for (int row = 0; row < counts.size(); row++) {
      for (int i = 0; i < counts.events(row); i++) {
        int part = random.nextInt(PARTS);
        events[part][row]++;
        failures[part][row] += i < counts.failures(row) ? 1 : 0;
      }
    }
    LeafCounts soFar = new LeafCounts(recording.leaves());
    for (int part = 0; part < PARTS; part++) {
      for (int row = 0; row < counts.size(); row++) {
        soFar.add(counts.number(row), events[part][row], failures[part][row]);
      }
      int seconds = (part + 1) * PART_SECONDS;
      take(watch.lookEarly(at, soFar, at + seconds * 1_000L).bursts(), minute, seconds);
    }
  }

  private void take(List<Burst> bursts, int minute, int seconds) {
    for (Burst burst : bursts) {
      FoundIncident incident =
          found.computeIfAbsent(
              burst.getBurstId(),
              id -> {
                bySeconds.merge(seconds, 1, Integer::sum);
                return new FoundIncident(Score.RATE_CHANNEL, minute);
              });
      incident.tell(
          minute,
          burst.getRootCells().stream()
              .map(cell -> recording.names().cell(cell.getSlice()))
              .sorted()
              .toList(),
          minute,
          burst.getConfidence());
      if (burst.getState() == BurstState.CLOSED) {
        incident.close(minute);
      }
    }
  }
}
