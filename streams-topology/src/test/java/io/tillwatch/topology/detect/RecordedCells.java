package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.CellTotals;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.cube.OutcomeCount;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Feeds recorded leaf counts through a watch and writes its incidents, to be scored.
 *
 * <p>Not a test: {@code java … RecordedCells FOLDER REPORT.json}, where FOLDER holds {@code
 * cells.csv} and {@code auth.csv.gz}.
 */
final class RecordedCells {

  private static final Map<String, String> LABELS =
      Map.of("psp", "psp", "region", "region", "bin", "binRange", "ver", "connectorVersion");

  private final List<Slice> leaves = new ArrayList<>();
  private final Map<String, Incident> incidents = new LinkedHashMap<>();

  private record Incident(long openedAt, TreeMap<Long, String> causes, long[] closedAt) {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    RecordedCells recorded = new RecordedCells();
    long started = System.nanoTime();
    try {
      recorded.readLeaves(folder.resolve("cells.csv"));
      int minutes = recorded.watch(folder.resolve("auth.csv.gz"));
      Files.writeString(Path.of(args[1]), recorded.report());
      System.out.printf(
          "%d minutes, %d incidents, %.0f ms per 1000 minutes%n",
          minutes, recorded.incidents.size(), (System.nanoTime() - started) / 1e3 / minutes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readLeaves(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] header = lines.getFirst().split(",");
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",");
      Map<String, String> values = new HashMap<>();
      LABELS.values().forEach(label -> values.put(label, Slice.NONE));
      for (String label :
          List.of("method", "scheme", "issuerCountry", "merchantAccount", "threeDs")) {
        values.put(label, Slice.NONE);
      }
      for (int i = 1; i < header.length; i++) {
        values.put(LABELS.get(header[i]), fields[i]);
      }
      leaves.add(Slice.of(values));
    }
  }

  private int watch(Path file) throws IOException {
    Watch watch = new Watch(WatchSettings.DEFAULT, "recorded", EventKind.AUTH);
    Map<Slice, Tally> cells = new HashMap<>();
    int minute = 0;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.split(",");
        int at = Integer.parseInt(fields[0]);
        while (minute < at) {
          close(watch, minute++, cells);
        }
        long n = Long.parseLong(fields[2]);
        long ok = Long.parseLong(fields[3]);
        cells.put(leaves.get(Integer.parseInt(fields[1])), tally(n, ok));
      }
    }
    close(watch, minute++, cells);
    return minute;
  }

  private static Tally tally(long n, long ok) {
    return Tally.of(
        new CellTotals(
            n,
            n,
            List.of(
                new OutcomeCount(Outcome.APPROVED, ok), new OutcomeCount(Outcome.DECLINED, n - ok)),
            List.of(),
            List.of(),
            null));
  }

  private void close(Watch watch, int minute, Map<Slice, Tally> cells) {
    long at = (minute + 1_000_000L * 30) * Watch.MINUTE_MILLIS;
    for (Burst burst : watch.closeMinute(at, cells, at + Watch.MINUTE_MILLIS).bursts()) {
      Incident incident =
          incidents.computeIfAbsent(
              burst.getRule() + burst.getBurstId(),
              id -> new Incident(minute, new TreeMap<>(), new long[] {-1}));
      StringJoiner causes = new StringJoiner("\",\"", "[\"", "\"]");
      burst.getRootCells().forEach(root -> causes.add(name(root.getSlice())));
      incident.causes().put(minute - incident.openedAt(), causes.toString());
      if (burst.getClosedAt() != null) {
        incident.closedAt()[0] = minute;
      }
    }
    cells.clear();
  }

  private static String name(Map<String, String> slice) {
    StringJoiner name = new StringJoiner("&");
    LABELS.forEach((theirs, ours) -> {
      if (slice.containsKey(ours)) {
        name.add(theirs + "=" + slice.get(ours));
      }
    });
    return name.toString();
  }

  private String report() {
    StringJoiner list = new StringJoiner(",\n", "{\"incidents\":[\n", "\n]}\n");
    incidents.forEach((id, incident) -> {
      StringJoiner causes = new StringJoiner(",", "{", "}");
      incident.causes().forEach((age, cells) -> causes.add("\"%d\":%s".formatted(age, cells)));
      long closed = incident.closedAt()[0];
      list.add(
          "{\"channel\":\"%s\",\"openedAt\":%d,\"closedAt\":%s,\"rootCauses\":%s}"
              .formatted(
                  id.startsWith("auth-volume") ? "volume" : "success_rate",
                  incident.openedAt(),
                  closed < 0 ? "null" : Long.toString(closed),
                  causes));
    });
    return list.toString();
  }
}
