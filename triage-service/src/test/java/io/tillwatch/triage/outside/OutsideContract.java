package io.tillwatch.triage.outside;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.act.Errand;
import io.tillwatch.triage.act.Notifier;
import io.tillwatch.triage.outside.StubServer.Act;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What every adapter keeps to when the other side misbehaves: its retry table for every status, the
 * deadline of a request, and that no secret is seen.
 */
public abstract class OutsideContract {

  /** Of a request in these tests; an attempt may make a few. */
  protected static final Duration DEADLINE = Duration.ofMillis(200);

  /** An adapter for a system at this place, with {@link #secrets()}. */
  protected abstract Notifier notifier(DoorSettings door);

  /** An action whose first request is the one that has an effect. */
  protected abstract Action action();

  /** Every secret the adapter is given, in every form it is sent in. */
  protected abstract List<String> secrets();

  /**
   * What a status means by the vendor's page, the statuses from that key on; 200 to 299 have to be
   * told by the adapter's own tests.
   */
  protected abstract SequencedMap<Integer, Class<? extends Delivery>> fates();

  @Test
  protected final void everyStatusIsJudgedAsTheVendorsPageSays() {
    TreeMap<Integer, Class<? extends Delivery>> expected = new TreeMap<>(fates());
    for (int status = 300; status < 600; status++) {
      Act answer = Act.json(status, "{}");
      assertThat(deliver(answer))
          .as("HTTP %d", status)
          .isInstanceOf(expected.floorEntry(status).getValue());
    }
  }

  @Test
  protected final void retryAfterIsHandedOn() {
    Delivery delivery = deliver(Act.respond(429, "{}", Map.of("Retry-After", "17")));
    assertThat(delivery).isInstanceOf(Delivery.Retry.class);
    assertThat(((Delivery.Retry) delivery).after()).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  protected final void whateverHappensOnTheWayIsWorthARetryAndOverInTime() {
    for (Act act :
        List.of(new Act.Hang(), new Act.Drip(5), new Act.ResetBefore(), new Act.ResetAfter())) {
      long start = System.nanoTime();
      assertThat(deliver(act)).as("%s", act).isInstanceOf(Delivery.Retry.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("%s, with room for a busy machine", act)
          .isLessThan(DEADLINE.multipliedBy(50));
    }
  }

  @Test
  protected final void anEndlessAnswerAndABombAreNoTrouble() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[20_000_000]);
    }
    for (int status : new int[] {200, 202, 400, 500}) {
      assertThat(deliver(Act.respond(status, "x".repeat(5_000_000), Map.of()))).isNotNull();
      assertThat(
              deliver(
                  new Act.Respond(status, Map.of("Content-Encoding", "gzip"), bomb.toByteArray())))
          .isNotNull();
      assertThat(deliver(Act.respond(status, "[".repeat(60_000), Map.of()))).isNotNull();
    }
  }

  @Test
  protected final void aRedirectToAnotherOriginIsNotFollowed() {
    try (StubServer elsewhere = StubServer.start(request -> Act.json(200, "{}"))) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        deliver(Act.respond(status, "", Map.of("Location", elsewhere.url() + "/")));
      }
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  protected final void noSecretIsSeen() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
    Level before = root.getLevel();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    StringBuilder seen = new StringBuilder();
    try {
      String echo = "{\"ok\":false,\"message\":\"" + String.join(" ", secrets()) + "\"}";
      for (int status : new int[] {200, 202, 400, 401, 403, 404, 429, 500, 503}) {
        seen.append(deliver(Act.json(status, echo)));
      }
      for (Act act : List.of(new Act.Hang(), new Act.ResetBefore(), new Act.ResetAfter())) {
        seen.append(deliver(act));
      }
      try (StubServer server = StubServer.start(request -> Act.json(403, echo));
          Notifier notifier = notifier(door(server))) {
        seen.append(notifier).append(notifier.check());
      }
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
    }
    log.list.stream()
        .filter(event -> event.getLoggerName().startsWith("io.tillwatch"))
        .forEach(event -> seen.append(event.getFormattedMessage()).append(event));
    assertThat(seen.toString()).doesNotContain(secrets());
  }

  /**
   * A delivery by a fresh adapter to a system that answers its first request so, others with 200.
   */
  private Delivery deliver(Act first) {
    try (StubServer server = StubServer.start(request -> Act.json(200, "{}"));
        Notifier notifier = notifier(door(server.then(first)))) {
      if (first instanceof Act.ResetBefore) {
        server.then(first); // the client connects once more by itself when nothing was sent
      }
      return notifier.deliver(Errand.of(action()));
    }
  }

  private static DoorSettings door(StubServer server) {
    return new DoorSettings(server.url(), null, DEADLINE);
  }
}
