package io.tillwatch.load.bench.contestant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Tells the bench how far a contestant has come, on standard output. Thread-safe. */
public final class Announcer {

  private static final long PROGRESS_MILLIS = 50;

  private final LongAdder events = new LongAdder();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("announcer").factory());

  /** Says that the work could begin, waits for the start, then says how far it has come. */
  public void ready() {
    say("READY");
    awaitLine();
    clock.scheduleAtFixedRate(
        () -> say("PROGRESS " + events.sum()),
        PROGRESS_MILLIS,
        PROGRESS_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** More events are processed. */
  public void add(long more) {
    events.add(more);
  }

  /** Events processed so far. */
  public long events() {
    return events.sum();
  }

  /** Says that all cells are final, and waits until it has been measured. */
  public void done() {
    clock.shutdownNow();
    say("DONE " + events.sum());
    awaitLine();
  }

  /** Returns at a line or, where nobody will write one, at the end of the input. */
  private static void awaitLine() {
    try {
      int next = System.in.read();
      while (next >= 0 && next != '\n') {
        next = System.in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
