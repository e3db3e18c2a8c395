package io.tillwatch.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.load.feed.Feed;
import io.tillwatch.load.feed.Progress;
import io.tillwatch.load.feed.SimulatedClock;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.load.scenario.Script;
import io.tillwatch.load.scenario.Truth;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.standalone.site.Site;
import io.tillwatch.standalone.site.SiteApi.Ingested;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demo.
 *
 * <pre>
 *   start site ─▶ load history ─▶ ready: live traffic at speed ─▶ stopped ─▶ settled ─▶ report
 * </pre>
 *
 * <p>Simulated time is the same in every run of a seed, so that a run can be repeated; only how its
 * events fall into commits differs.
 */
final class Demo {

  /** When live traffic begins: a Tuesday afternoon in Europe, the same in every run. */
  static final Instant LIVE_START = Instant.parse("2026-03-10T14:00:00Z");

  /** Ends so far ahead that nobody waits for it; the clock falls to real time before. */
  private static final Duration LIVE_MAX = Duration.ofDays(400);

  /** Kinds of event that the traffic has all the time. */
  private static final List<EventKind> FLOWS =
      List.of(EventKind.AUTH, EventKind.CAPTURE, EventKind.WEBHOOK);

  /** A little more than the lateness that the topology allows by default. */
  private static final Duration SETTLES_IN = Duration.ofMinutes(65);

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration CATCH_UP_MAX = Duration.ofMinutes(10);
  private static final Duration SETTLE_MAX = Duration.ofSeconds(60);

  /** Who has pressed Ctrl-C does not wait for long. */
  private static final Duration SETTLE_STOPPED_MAX = Duration.ofSeconds(15);

  private final DemoSettings settings;
  private final PrintStream out;
  private final CountDownLatch stop;
  private final InstantSource real;
  private final Instant started;

  Demo(DemoSettings settings, PrintStream out, CountDownLatch stop, InstantSource real) {
    this.settings = settings;
    this.out = out;
    this.stop = stop;
    this.real = real;
    this.started = real.instant();
  }

  /**
   * Runs until the time is up or the latch is released, and reports.
   *
   * @throws CancellationException when the latch is released before live traffic is on
   * @throws io.tillwatch.load.yaml.InvalidYaml when the scenario does not fit into the world
   */
  DemoReport run() throws InterruptedException {
    World world = World.draw(settings.seed(), settings.authsPerMinute());
    Script script = settings.scenario().script(world, LIVE_START);
    Instant from = LIVE_START.minus(settings.history());
    SimulatedClock clock = new SimulatedClock(from, real);
    say(
        "Tillwatch demo, seed %d. Everything runs in this process; Ctrl-C stops it.",
        settings.seed());
    try (Site site = Site.start(settings.site(clock, out::print), stop)) {
      say("  site up        %5.1f s   broker, topology, triage", secondsSinceStart());
      Traffic traffic = new Traffic(world, script.disturbances(), from);
      try (Feed feed = Feed.to(site.connection(), site.topics())) {
        feed.publishBinRanges(world.binRanges(), from);
        loadHistory(site, feed, traffic, clock);
        Duration readyAfter = Duration.between(started, real.instant());
        live(site, feed, traffic, clock, script.truth());
        feed.flush();
        Ingested ingested = settle(site);
        Truth truth = script.truth().before(clock.instant());
        List<JsonNode> incidents = site.api().incidents();
        Verdict verdict = Verdict.of(truth, incidents, clock.instant());
        conclude(ingested, verdict);
        Noise noise = Noise.of(site.connection(), site.topics(), incidents.size());
        return new DemoReport(
            settings.seed(),
            settings.speed(),
            readyAfter,
            ingested,
            truth,
            incidents,
            noise,
            verdict);
      }
    }
  }

  private void loadHistory(Site site, Feed feed, Traffic traffic, SimulatedClock clock)
      throws InterruptedException {
    ProgressLine line = new ProgressLine(out);
    feed.backfill(
        traffic,
        clock,
        LIVE_START,
        progress -> {
          line.show("  loading        %s".formatted(words(progress)));
          if (stop.getCount() == 0) {
            feed.stop();
          }
        });
    Instant deadline = real.instant().plus(CATCH_UP_MAX);
    while (behind(site)) {
      site.requireAlive();
      if (stopped(LOOK_EVERY)) {
        line.end();
        throw new CancellationException("stopped while loading history");
      }
      long done = site.api().ingested().map(Ingested::received).orElse(0L);
      line.show(
          "  catching up    %,d of %,d events counted".formatted(done, site.paymentRecords()));
      if (real.instant().isAfter(deadline)) {
        throw new IllegalStateException(
            "history was not taken in within " + Narrator.words(CATCH_UP_MAX));
      }
    }
    line.end();
    say(
        "  history loaded %5.1f s   %s of event time, %,d events",
        secondsSinceStart(), hours(settings.history()), site.paymentRecords());
  }

  /** Whether the topology has not yet counted and judged the history. */
  private static boolean behind(Site site) {
    boolean counted =
        site.api().ingested().filter(n -> n.received() >= site.paymentRecords()).isPresent();
    return !counted
        || !FLOWS.stream().allMatch(kind -> site.api().settled(kind, LIVE_START.minus(SETTLES_IN)));
  }

  private void live(Site site, Feed feed, Traffic traffic, SimulatedClock clock, Truth truth)
      throws InterruptedException {
    clock.run(settings.speed());
    say("");
    say(
        "Ready: %s   live traffic at %.0fx, times below are simulated (UTC)",
        site.url(), settings.speed());
    say("");
    Narrator narrator = new Narrator(out, truth, LIVE_START);
    FutureTask<Long> sending =
        new FutureTask<>(() -> feed.live(traffic, clock, LIVE_START.plus(LIVE_MAX)));
    Thread.ofPlatform().name("demo-feed").start(sending);
    @Nullable Instant end =
        settings.length() == null ? null : real.instant().plus(settings.length());
    while (!sending.isDone()
        && !stopped(LOOK_EVERY)
        && (end == null || real.instant().isBefore(end))) {
      site.requireAlive();
      narrator.tell(clock.instant(), site.api().incidents());
    }
    feed.stop();
    awaitSent(sending);
    narrator.tell(clock.instant(), site.api().incidents());
  }

  private static void awaitSent(FutureTask<Long> sending) throws InterruptedException {
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("live traffic has broken off", e.getCause());
    }
  }

  /** Waits until every record that was sent has been counted. */
  private Ingested settle(Site site) throws InterruptedException {
    Duration patience = stop.getCount() > 0 ? SETTLE_MAX : SETTLE_STOPPED_MAX;
    Instant deadline = real.instant().plus(patience);
    while (true) {
      site.requireAlive();
      Ingested ingested = site.api().ingested().orElse(new Ingested(0, 0, 0, 0, 0));
      if (ingested.received() == site.paymentRecords()) {
        return ingested;
      }
      if (real.instant().isAfter(deadline)) {
        throw new IllegalStateException(
            "%d of %d records were counted within %s"
                .formatted(ingested.received(), site.paymentRecords(), Narrator.words(patience)));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
  }

  private void conclude(Ingested n, Verdict verdict) {
    say("");
    say("Compared with what the scenario really did:");
    verdict.lines().forEach(line -> say("  %s", line));
    say(
        "%,d events = %,d accepted + %,d duplicates + %,d late + %,d dead-lettered",
        n.received(), n.accepted(), n.duplicates(), n.late(), n.deadLettered());
  }

  private boolean stopped(Duration wait) throws InterruptedException {
    return stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private double secondsSinceStart() {
    return Duration.between(started, real.instant()).toMillis() / 1000.0;
  }

  private static String words(Progress progress) {
    return String.format(
        Locale.ROOT, "%3.0f %%  %,d events", 100 * progress.share(), progress.events());
  }

  private static String hours(Duration duration) {
    return duration.toHours() + " h";
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
