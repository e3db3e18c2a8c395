package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.model.ModelCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The twin in memory: the latest {@link #ROWS_MAX} rows. */
public final class MemoryModelCalls implements ModelCalls {

  /** Rows kept, about 1 KiB each; the oldest goes first. */
  public static final int ROWS_MAX = 10_000;

  private final Deque<ModelCall> rows = new ArrayDeque<>();

  @Override
  public synchronized void append(ModelCall row) {
    if (rows.size() == ROWS_MAX) {
      rows.removeFirst();
    }
    rows.addLast(row);
  }

  /** What is stored, oldest first. */
  public synchronized List<ModelCall> rows() {
    return List.copyOf(rows);
  }
}
