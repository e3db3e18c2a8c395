package io.tillwatch.load.replay;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.yaml.InvalidYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a file of history in the order of the file, each delivered at its event time. Holds
 * one row at a time. Used by one thread.
 */
public final class ReplaySource implements AutoCloseable {

  private final Path file;
  private final Rows rows;
  private final EventMapper mapper;
  private final boolean abortsOnBadRow;
  private final Recount recount = new Recount();
  private final List<String> problems = new ArrayList<>();

  private long events;
  private long badRows;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  private ReplaySource(Path file, Mapping mapping, Rows rows) {
    this.file = file;
    this.rows = rows;
    this.mapper = new EventMapper(mapping);
    this.abortsOnBadRow = mapping.rules().abortsOnBadRow();
  }

  /**
   * The events of a file.
   *
   * @throws InvalidYaml when the file lacks a column that the mapping reads
   */
  public static ReplaySource open(Path file, Mapping mapping) throws IOException {
    Rows rows = Rows.open(file, mapping);
    try {
      if (!rows.columns().isEmpty()) {
        mapping.checkColumns(file, rows.columns());
      }
      return new ReplaySource(file, mapping, rows);
    } catch (InvalidYaml e) {
      rows.close();
      throw e;
    }
  }

  /**
   * The next event; null at the end. Bad rows on the way are counted.
   *
   * @throws ReplayStopped at the first bad row when the mapping says abort
   * @throws IOException when nothing after this can be read
   */
  public @Nullable Delivery next() throws IOException {
    while (true) {
      try {
        Row row = rows.next();
        return row == null ? null : counted(mapper.map(row));
      } catch (BadRow e) {
        note(file + ":" + rows.number() + ": " + e.getMessage());
      }
    }
  }

  private Delivery counted(Delivery delivery) {
    events++;
    firstMillis = Math.min(firstMillis, delivery.atMillis());
    lastMillis = Math.max(lastMillis, delivery.atMillis());
    recount.add(delivery.event());
    return delivery;
  }

  private void note(String problem) {
    badRows++;
    if (problems.size() < ReplayCounts.PROBLEMS_MAX) {
      problems.add(problem);
    }
    if (abortsOnBadRow) {
      throw new ReplayStopped(problem);
    }
  }

  /** How far it has come. */
  public ReplayCounts counts() {
    return new ReplayCounts(
        events + badRows,
        events,
        badRows,
        events == 0 ? null : Instant.ofEpochMilli(firstMillis),
        events == 0 ? null : Instant.ofEpochMilli(lastMillis),
        problems);
  }

  /** The events so far, counted without the pipeline. */
  public Recount recount() {
    return recount;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
