package io.tillwatch.triage.statuspage;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.triage.publish.Publisher;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All status pages, each looked at by a virtual thread of its own: a page that hangs delays no
 * other, and nothing else waits for any of them.
 */
public final class StatusPages implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusPages.class);

  private final PageClient client;
  private final List<Thread> threads;

  private StatusPages(PageClient client, List<Thread> threads) {
    this.client = client;
    this.threads = threads;
  }

  /**
   * Starts to look.
   *
   * @param topic where notices are published, by PSP
   * @param clock what counts as now
   */
  public static StatusPages start(
      StatusSettings settings,
      @Nullable URI proxy,
      Publisher publisher,
      Topic<String, StatusEvent> topic,
      InstantSource clock,
      MeterRegistry metrics) {
    PageClient client = new PageClient(settings.deadline(), proxy);
    StatusPageCounts counts = new StatusPageCounts(metrics);
    StatusPage.Surroundings around =
        new StatusPage.Surroundings(client, publisher, topic, clock, counts);
    return new StatusPages(
        client,
        settings.pages().stream()
            .map(page -> {
              StatusPage watched = new StatusPage(page, around);
              counts.watch(watched, clock);
              return Thread.ofVirtual()
                  .name("status-page-" + page.psp())
                  .start(() -> keepLooking(watched, new Rhythm(settings, new SplittableRandom())));
            })
            .toList());
  }

  private static void keepLooking(StatusPage page, Rhythm rhythm) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        lookOnce(page);
        Thread.sleep(rhythm.next(page.failures(), page.askedToWait()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void lookOnce(StatusPage page) throws InterruptedException {
    try {
      page.look();
    } catch (RuntimeException unforeseen) {
      // The next look is a new chance; a thread that died would be silence.
      LOG.warn("Status page of {}: a look failed", page.psp(), unforeseen);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    client.close();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
