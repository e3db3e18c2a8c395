package io.tillwatch.standalone.replay;

import io.tillwatch.load.feed.Feed;
import io.tillwatch.load.feed.SimulatedClock;
import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.replay.Mapping;
import io.tillwatch.load.replay.Recount;
import io.tillwatch.load.replay.ReplayCounts;
import io.tillwatch.load.replay.ReplaySource;
import io.tillwatch.standalone.demo.ProgressLine;
import io.tillwatch.standalone.replay.ReplayReport.Totals;
import io.tillwatch.standalone.site.Site;
import io.tillwatch.standalone.site.SiteApi.Ingested;
import io.tillwatch.standalone.site.SiteSettings;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of a file through the pipeline.
 *
 * <p>The horizon of duplicates and lateness and the retention of cells are set so long that history
 * fits into them; they are kept with the data folder, so that every later start on it has the same.
 */
final class Replay {

  private static final Map<String, String> ROOM_FOR_HISTORY =
      Map.of(
          "ingest.dedupe-horizon", "400d",
          "ingest.allowed-lateness", "400d",
          "cube.retention", "400d",
          "topology.transaction-timeout", "60s");

  private static final int PROGRESS_EVENTS = 1_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /**
   * Cells follow the door within a commit or two; after so long without a change they are final.
   */
  private static final Duration UNCHANGED_MAX = Duration.ofSeconds(20);

  private static final Duration SETTLE_MAX = Duration.ofMinutes(10);

  private final Path file;
  private final Mapping mapping;
  private final Path data;
  private final int port;
  private final @Nullable Double speed;
  private final PrintStream out;
  private final CountDownLatch stop;

  /** Done with the report and the site's address while it still runs. */
  @FunctionalInterface
  interface Afterwards {
    void accept(ReplayReport report, String url) throws IOException, InterruptedException;
  }

  Replay(
      Path file,
      Mapping mapping,
      Path data,
      int port,
      @Nullable Double speed,
      PrintStream out,
      CountDownLatch stop) {
    this.file = file;
    this.mapping = mapping;
    this.data = data;
    this.port = port;
    this.speed = speed;
    this.out = out;
    this.stop = stop;
  }

  /**
   * Runs to the end of the file.
   *
   * @throws CancellationException when the latch is released before
   * @throws WrongInput when the file cannot be read to its end
   */
  ReplayReport run(Afterwards afterwards) throws IOException, InterruptedException {
    SimulatedClock clock = new SimulatedClock(Instant.EPOCH, InstantSource.system());
    try (ReplaySource source = open();
        Site site = started(clock)) {
      Ingested before = settled(site);
      send(site, source, clock);
      Ingested after = settled(site);
      ReplayReport report = report(site, source, minus(after, before));
      print(report);
      afterwards.accept(report, site.url());
      site.requireAlive();
      return report;
    }
  }

  private ReplaySource open() {
    try {
      return ReplaySource.open(file, mapping);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Site started(InstantSource clock) {
    say("starting on %s", data);
    Site site =
        Site.start(
            new SiteSettings(data, port, 0, clock, null, ROOM_FOR_HISTORY, notice -> {}), stop);
    site.failed().whenComplete((nothing, failure) -> stop.countDown());
    return site;
  }

  private @Nullable Delivery next(ReplaySource source) {
    try {
      return source.next();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private WrongInput unreadable(IOException e) {
    if (e instanceof CharacterCodingException) {
      return new WrongInput("%s is not UTF-8".formatted(file));
    }
    return new WrongInput(
        Objects.requireNonNullElse(e.getMessage(), "cannot read %s".formatted(file)));
  }

  private void send(Site site, ReplaySource source, SimulatedClock clock)
      throws InterruptedException {
    ProgressLine line = new ProgressLine(out);
    Pace pace = new Pace(speed, stop);
    try (Feed feed = Feed.to(site.connection(), site.topics())) {
      for (Delivery next = next(source); next != null; next = next(source)) {
        pace.await(next.atMillis());
        requireGoingOn(site);
        feed.send(next, clock);
        ReplayCounts counts = source.counts();
        if (counts.events() % PROGRESS_EVENTS == 0) {
          line.show(
              String.format(
                  Locale.ROOT, "sent %,d events, %s", counts.events(), counts.lastEventTime()));
        }
      }
      feed.flush();
    }
    line.end();
  }

  private void requireGoingOn(Site site) {
    site.requireAlive();
    if (stop.getCount() == 0) {
      throw stopped();
    }
  }

  private static CancellationException stopped() {
    return new CancellationException("stopped before the end: nothing was compared");
  }

  /** The tallies once every record on the topics has been counted. */
  private Ingested settled(Site site) throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE_MAX.toNanos();
    while (true) {
      requireGoingOn(site);
      Ingested ingested = site.api().ingested().orElse(new Ingested(-1, 0, 0, 0, 0));
      if (ingested.received() == site.paymentRecords()) {
        return ingested;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "%d of %d records were counted within %s"
                .formatted(ingested.received(), site.paymentRecords(), SETTLE_MAX));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
  }

  private ReplayReport report(Site site, ReplaySource source, Ingested ingested)
      throws InterruptedException {
    ReplayCounts rows = source.counts();
    Recount recount = source.recount();
    Totals inFile = new Totals(recount.byPsp(), recount.byPspAndCountry());
    Totals inCube = rows.events() == 0 ? Totals.NONE : settledCells(site, rows, inFile);
    return new ReplayReport(file, rows, ingested, inCube, inFile, site.api().incidents());
  }

  /** What the cube holds once it is what the file says, or has stopped changing. */
  private Totals settledCells(Site site, ReplayCounts rows, Totals inFile)
      throws InterruptedException {
    Instant from = Objects.requireNonNull(rows.firstEventTime());
    Instant to = Objects.requireNonNull(rows.lastEventTime()).plus(Duration.ofMinutes(1));
    CubeCount cube = new CubeCount(site.api(), mapping.event(), from, to);
    Totals seen = Totals.NONE;
    long changedAt = System.nanoTime();
    while (true) {
      requireGoingOn(site);
      Totals now = new Totals(cube.byPsp(), cube.byPspAndCountry());
      if (!now.equals(seen)) {
        seen = now;
        changedAt = System.nanoTime();
      }
      if (now.equals(inFile) || System.nanoTime() - changedAt > UNCHANGED_MAX.toNanos()) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
  }

  private void print(ReplayReport report) {
    Ingested n = report.ingested();
    say(
        "%,d rows, %,d bad; %,d events = %,d accepted + %,d duplicates + %,d late"
            + " + %,d dead-lettered",
        report.rows().rows(),
        report.rows().badRows(),
        n.received(),
        n.accepted(),
        n.duplicates(),
        n.late(),
        n.deadLettered());
    report.rows().problems().forEach(problem -> say("  %s", problem));
    report
        .cube()
        .byPsp()
        .forEach((psp, count) ->
            say(
                "  %-16s %,9d attempts %,9d approved  %5.1f %%",
                psp,
                count.attempts(),
                count.successes(),
                100.0 * count.successes() / count.attempts()));
    say(
        report.equal()
            ? "the cube holds exactly what the file says, per PSP and per PSP and country"
            : "THE CUBE DIFFERS from the file: see the report");
  }

  private static Ingested minus(Ingested a, Ingested b) {
    return new Ingested(
        a.received() - b.received(),
        a.accepted() - b.accepted(),
        a.duplicates() - b.duplicates(),
        a.late() - b.late(),
        a.deadLettered() - b.deadLettered());
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** Holds events back until their time has come or a stop; with no speed, never. */
  private static final class Pace {

    private final @Nullable Double speed;
    private final CountDownLatch stop;
    private long firstMillis = Long.MIN_VALUE;
    private long startNanos;

    Pace(@Nullable Double speed, CountDownLatch stop) {
      this.speed = speed;
      this.stop = stop;
    }

    void await(long atMillis) throws InterruptedException {
      if (speed == null) {
        return;
      }
      if (firstMillis == Long.MIN_VALUE) {
        firstMillis = atMillis;
        startNanos = System.nanoTime();
      }
      long dueNanos = startNanos + (long) ((atMillis - firstMillis) * 1e6 / speed);
      if (stop.await(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw stopped();
      }
    }
  }
}
