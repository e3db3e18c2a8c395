package io.tillwatch.load.peers;

import io.tillwatch.load.bench.contestant.Announcer;
import io.tillwatch.load.bench.contestant.Assignment;
import io.tillwatch.load.bench.recount.Measures;
import io.tillwatch.load.bench.recount.ResultFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the steps of a job hand over what they counted. Thread-safe.
 *
 * <p>Both engines serialise a job's steps and start copies of them, here in the same process: a
 * copy finds the one handover by the path of its result file, the only thing it carries.
 *
 * <p>A cell is written when its window closes. After a failure a window that closed since the last
 * checkpoint would be written again with the same content: the file is exactly once by cell, as an
 * upsert into any store would be.
 */
public final class Handover implements AutoCloseable {

  private static final Map<String, Handover> OPEN = new ConcurrentHashMap<>();

  private final Path file;
  private final ResultFile results;
  private final Announcer announcer = new Announcer();

  private Handover(Path file) throws IOException {
    this.file = file;
    results = new ResultFile(file);
  }

  /** Opens the one of this process. */
  public static Handover open(Assignment assignment) throws IOException {
    Handover handover = new Handover(assignment.result());
    OPEN.put(handover.name(), handover);
    return handover;
  }

  /** The open one of this name. */
  public static Handover named(String name) {
    return Objects.requireNonNull(OPEN.get(name), () -> "no handover to " + name);
  }

  /** What finds it. */
  public String name() {
    return file.toString();
  }

  /** Tells the bench how far the job has come. */
  public Announcer announcer() {
    return announcer;
  }

  /** Takes a finished cell. */
  public synchronized void cell(long minuteMillis, Slice slice, Measures measures)
      throws IOException {
    results.put(slice.cell(minuteMillis), measures);
  }

  @Override
  public void close() throws IOException {
    OPEN.remove(name());
    results.close();
  }
}
