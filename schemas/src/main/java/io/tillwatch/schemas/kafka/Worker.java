package io.tillwatch.schemas.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of ours that does its work over and over until it is stopped, and rests where nothing
 * can be done. Its work says for itself what fails: what it throws ends the thread.
 */
public final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * A worker that has not begun.
   *
   * @param name of the thread, as health answers and thread dumps have it
   * @param work one round of it; it looks at {@link #working} where it takes long
   */
  public Worker(String name, Runnable work) {
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .unstarted(() -> {
              while (working()) {
                work.run();
              }
            });
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Whether it was not told to stop. */
  public boolean working() {
    return stopping.getCount() > 0;
  }

  /** Waits so long, or until it is told to stop; an interrupt tells it so. */
  public void rest(Duration longest) {
    try {
      boolean stopped = stopping.await(longest.toMillis(), TimeUnit.MILLISECONDS);
      LOG.trace("{} rested, stopped: {}", name(), stopped);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  /** The thread's name. */
  public String name() {
    return thread.getName();
  }

  /** Whether the thread is alive. */
  public boolean running() {
    return thread.isAlive();
  }

  /**
   * Tells it to stop, and waits until it has.
   *
   * @param wake ends what it waits for outside of a rest
   * @return whether it has, or had not begun
   */
  public boolean stop(Runnable wake, Duration longest) {
    stopping.countDown();
    wake.run();
    try {
      return !thread.isAlive() || thread.join(longest);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Interrupts what it does: for what is not worth waiting for. */
  public void interrupt() {
    thread.interrupt();
  }
}
