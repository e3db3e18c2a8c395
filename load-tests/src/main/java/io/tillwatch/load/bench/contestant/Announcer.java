package io.tillwatch.load.bench.contestant;

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

  /** Says that the work could begin, and from now on how far it has come. */
  public void ready() {
    say("READY");
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

  /** Says that all cells are final. */
  public void done() {
    clock.shutdownNow();
    say("DONE " + events.sum());
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
