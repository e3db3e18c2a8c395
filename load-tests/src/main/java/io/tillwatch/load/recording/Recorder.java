package io.tillwatch.load.recording;

import static io.tillwatch.load.recording.RecordingSettings.MINUTES_PER_DAY;

import io.tillwatch.load.recording.EventKind.Role;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a labelled recording into a folder: {@code cells.csv}, a gzipped table each of attempts,
 * latency, declines and webhooks by minute, and {@code labels.json}, last.
 */
public final class Recorder {

  private static final String CELLS = "cells.csv";
  private static final String LABELS = "labels.json";
  private static final int FINGERPRINT_BYTES = 8;

  private final RecordingSettings settings;
  private final Tenant tenant;
  private final List<PlannedEvent> events;
  private final Climate climate;
  private final Attempts attempts;
  private final List<Table> tables;

  /** Who is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** After each day. */
    void dayDone(int day, int days, long attemptsSoFar);
  }

  /**
   * What was written.
   *
   * @param leaves of the cube
   * @param attempts in all minutes
   * @param incidents events that lower the success rate
   * @param sideEvents events that show in another measure
   * @param traps events in which nothing is wrong, a holiday not counted
   * @param fingerprint of the texts in all files, the same for the same settings everywhere
   */
  public record Summary(
      int leaves, long attempts, int incidents, int sideEvents, int traps, String fingerprint) {}

  /** Draws the tenant and what happens to it; nothing is written yet. */
  public Recorder(RecordingSettings settings) {
    this.settings = settings;
    this.tenant = new Tenant(settings.seed());
    this.events = EventPlan.draw(settings, tenant);
    this.climate = new Climate(settings);
    this.attempts = new Attempts(settings);
    this.tables =
        List.of(
            new AuthTable(),
            new LatencyTable(settings, tenant, climate),
            new DeclineTable(settings, tenant),
            new WebhookTable(settings, tenant));
  }

  /**
   * Writes the files, once.
   *
   * @param folder made when it is missing
   * @throws DirectoryNotEmptyException when there is anything in it
   */
  public Summary write(Path folder, Progress progress) throws IOException {
    if (hasFiles(folder)) {
      throw new DirectoryNotEmptyException(folder.toString());
    }
    Files.createDirectories(folder);
    List<TextFile> written = new ArrayList<>();
    try (TextFile cells = new TextFile(folder, CELLS)) {
      cells.write(cells());
      written.add(cells);
    }
    written.addAll(writeTables(folder, progress));
    try (TextFile labels = new TextFile(folder, LABELS)) {
      labels.write(LabelsText.of(settings, tenant.cube(), events));
      written.add(labels);
    }
    MessageDigest whole = TextFile.sha256();
    written.forEach(file -> file.addTo(whole));
    return new Summary(
        Cube.LEAVES,
        attempts.total(),
        EventPlan.count(events, Role.SR),
        EventPlan.count(events, Role.SIDE),
        EventPlan.count(events, Role.TRAP),
        HexFormat.of().formatHex(whole.digest(), 0, FINGERPRINT_BYTES));
  }

  private String cells() {
    StringBuilder lines = new StringBuilder("cell," + String.join(",", Cube.DIMENSIONS) + "\n");
    for (int leaf = 0; leaf < Cube.LEAVES; leaf++) {
      lines.append(leaf).append(',').append(String.join(",", tenant.cube().values(leaf)));
      lines.append('\n');
    }
    return lines.toString();
  }

  private List<TextFile> writeTables(Path folder, Progress progress) throws IOException {
    List<TextFile> files = new ArrayList<>();
    try {
      for (Table table : tables) {
        TextFile file = new TextFile(folder, table.name() + ".csv.gz");
        files.add(file);
        file.write(table.header() + "\n");
      }
      Minute expected = new Minute(tenant);
      int days = settings.warmUpDays() + settings.days();
      for (int day = 0; day < days; day++) {
        writeDay(day * MINUTES_PER_DAY, expected, files);
        progress.dayDone(day + 1, days, attempts.total());
      }
    } finally {
      for (TextFile file : files) {
        file.close();
      }
    }
    return files;
  }

  private void writeDay(int from, Minute expected, List<TextFile> files) throws IOException {
    int to = from + MINUTES_PER_DAY;
    List<PlannedEvent> today =
        events.stream().filter(event -> event.start() < to && event.end() > from).toList();
    StringBuilder lines = new StringBuilder();
    for (int minute = from; minute < to; minute++) {
      climate.nextMinute();
      expected.begin(minute, settings.volume(), climate);
      for (PlannedEvent event : today) {
        if (event.includes(minute)) {
          event.on(expected, minute);
        }
      }
      attempts.draw(minute, expected);
      for (int i = 0; i < files.size(); i++) {
        lines.setLength(0);
        tables.get(i).write(minute, expected, attempts, lines);
        files.get(i).write(lines);
      }
    }
  }

  private static boolean hasFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }
}
