package io.tillwatch.triage.outside;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.act.Delivery;
import io.tillwatch.triage.outside.StubServer.Act;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDoorTest {

  private static final Instant NOW = Instant.parse("2026-11-18T03:03:00Z");
  private static final String KEY = "s3cret-routing-key";

  private final StubServer server = StubServer.start(request -> Act.json(200, "{\"ok\":true}"));
  private long nanos;
  private final HttpDoor door = door(server.url(), null, Duration.ofSeconds(5));

  private HttpDoor door(URI base, URI proxy, Duration deadline) {
    return HttpDoor.open(
        new DoorSettings(base, proxy, deadline),
        List.of(Secret.of(KEY)),
        InstantSource.fixed(NOW),
        () -> nanos);
  }

  @AfterEach
  void close() {
    door.close();
    server.close();
  }

  @Test
  void aRequestGoesBelowTheBaseWithItsHeadersAndItsBody() {
    try (HttpDoor relay = door(URI.create(server.url() + "/relay/"), null, Duration.ofSeconds(5))) {
      Reply reply = relay.send(Ask.json("POST", "/v2/x?y=1", "{\"a\":\"é\"}").with("X-A", "b"));
      assertThat(reply).isInstanceOf(Reply.Answered.class);
    }
    StubServer.Request request = server.requests().getFirst();
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /relay/v2/x?y=1");
    assertThat(request.body()).isEqualTo("{\"a\":\"é\"}");
    assertThat(request.headers())
        .containsEntry("x-a", "b")
        .containsEntry("user-agent", "tillwatch")
        .containsEntry("accept-encoding", "identity")
        .containsEntry("content-type", "application/json; charset=utf-8");
  }

  @Test
  void aProxyIsAskedForTheWholeAddress() {
    try (HttpDoor behind =
        door(URI.create("http://pager.invalid"), server.url(), Duration.ofSeconds(5))) {
      assertThat(behind.send(Ask.get("/v2"))).isInstanceOf(Reply.Answered.class);
    }
    assertThat(server.requests().getFirst().path()).isEqualTo("http://pager.invalid/v2");
  }

  @Test
  void aHangAndADripEndAtTheDeadlineAndMayHaveHappened() {
    server.then(new Act.Hang()).then(new Act.Drip(5));
    try (HttpDoor hasty = door(server.url(), null, Duration.ofMillis(150))) {
      for (int i = 0; i < 2; i++) {
        assertThat(hasty.send(Ask.get("/")))
            .isEqualTo(new Reply.Unanswered("no answer within 150 ms", true));
      }
    }
  }

  /**
   * The client connects twice by itself when nothing could be sent: harmless, not to be counted.
   */
  @Test
  void aResetBeforeAnythingWasSentIsNoAnswer() {
    server.then(new Act.ResetBefore()).then(new Act.ResetBefore());
    assertThat(door.send(Ask.json("POST", "/", "{}"))).isInstanceOf(Reply.Unanswered.class);
    assertThat(server.requests()).isEmpty();
  }

  /** A client that sends it again by itself would make two pages of one. */
  @Test
  void aResetAfterTheRequestIsNoAnswerAndNotSentAgain() {
    server.then(new Act.ResetAfter());
    assertThat(unanswered(door.send(Ask.json("POST", "/", "{}"))).mayHaveHappened()).isTrue();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void nobodyListeningMeansThatItCannotHaveHappened() {
    server.close();
    assertThat(unanswered(door.send(Ask.get("/"))).mayHaveHappened()).isFalse();
  }

  @Test
  void ofFiveMegabytesAFewAreRead() {
    server.then(Act.respond(200, "x".repeat(5_000_000), Map.of()));
    Reply.Answered answer = answered(door.send(Ask.get("/")));
    assertThat(answer.cut()).isTrue();
    assertThat(answer.body()).hasSize(HttpDoor.BODY_BYTES_MAX);
    assertThat(answer.detail()).hasSizeLessThan(300);
  }

  @Test
  void aGzipBombIsNotUnpacked() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[20_000_000]);
    }
    server.then(new Act.Respond(200, Map.of("Content-Encoding", "gzip"), bomb.toByteArray()));
    assertThat(answered(door.send(Ask.get("/"))).body()).isEmpty();
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() {
    try (StubServer elsewhere = StubServer.start(request -> Act.json(200, "{}"))) {
      server.then(Act.respond(302, "", Map.of("Location", elsewhere.url() + "/login")));
      assertThat(answered(door.send(Ask.get("/"))).status()).isEqualTo(302);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void whatTheOtherSideSaysBackHoldsNoSecret() {
    server.then(Act.json(400, "{\"message\":\"bad key " + KEY + "\"}"));
    Reply reply = door.send(Ask.get("/").with("Authorization", KEY));
    assertThat(reply.toString()).contains("bad key (hidden)").doesNotContain(KEY);
  }

  @Test
  void aSecretThatIsNoHeaderIsNotQuoted() {
    Reply reply = door.send(Ask.get("/").with("Authorization", KEY + "\nX: y"));
    assertThat(reply)
        .isEqualTo(new Reply.Unanswered("the request cannot be written as HTTP", false));
    assertThat(Ask.get("/").with("Authorization", KEY)).asString().doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7                             | PT7S
          1.5                           | PT1.5S
          0                             | PT0S
          -3                            | PT0S
          soon                          | PT0S
          Wed, 18 Nov 2026 03:03:30 GMT | PT30S
          Wed, 18 Nov 2026 03:02:00 GMT | PT0S
          999999999                     | PT24H
          """)
  void retryAfterIsReadInSecondsAndAsADate(String header, Duration expected) {
    server.then(Act.respond(503, "", Map.of("Retry-After", header)));
    assertThat(answered(door.send(Ask.get("/"))).after()).isEqualTo(expected);
  }

  @Test
  void aDateIsCountedFromTheAnswersOwnDate() {
    server.then(
        Act.respond(
            429,
            "",
            Map.of(
                "Date", "Sun, 01 Jan 2023 00:00:00 GMT",
                "Retry-After", "Sun, 01 Jan 2023 00:00:12 GMT")));
    assertThat(answered(door.send(Ask.get("/"))).after()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void overTheLimitARequestIsHeldAndSaysForHowLong() {
    Ask.Limit limit = new Ask.Limit("default", new Rate(2, Duration.ofMillis(600)));
    assertThat(door.send(Ask.get("/").within(limit))).isInstanceOf(Reply.Answered.class);
    assertThat(door.send(Ask.get("/").within(limit))).isInstanceOf(Reply.Answered.class);
    assertThat(door.send(Ask.get("/").within(limit)))
        .isEqualTo(
            new Reply.NotSent(
                new Delivery.Held(
                    "held back to keep the limit of default", Duration.ofMillis(600))));
    Ask.Limit other = new Ask.Limit("other", limit.rate());
    assertThat(door.send(Ask.get("/").within(other))).isInstanceOf(Reply.Answered.class);
    nanos += Duration.ofMillis(600).toNanos();
    assertThat(door.send(Ask.get("/").within(limit))).isInstanceOf(Reply.Answered.class);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void afterTooManyRequestsTheOthersWaitToo() {
    Ask.Limit limit = new Ask.Limit("default", new Rate(10, Duration.ofMillis(600)));
    server.then(Act.respond(429, "", Map.of("Retry-After", "30")));
    door.send(Ask.get("/").within(limit));
    nanos += Duration.ofSeconds(29).toNanos();
    assertThat(door.send(Ask.get("/").within(limit))).isInstanceOf(Reply.NotSent.class);
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(door.send(Ask.get("/").within(limit))).isInstanceOf(Reply.Answered.class);
    assertThat(server.requests()).hasSize(2);
  }

  /** A day of silence that nobody heard of: the pause is an attempt that failed, and it ends. */
  @Test
  void aPauseCountsAsAFailedAttemptAndIsProbedHoweverLongItIsAskedFor() {
    Ask.Limit limit = new Ask.Limit("default", new Rate(10, Duration.ofMillis(600)));
    server.then(Act.respond(429, "", Map.of("Retry-After", "86400")));
    door.send(Ask.get("/").within(limit));
    assertThat(door.send(Ask.get("/").within(limit)))
        .isEqualTo(
            new Reply.NotSent(
                new Delivery.Retry(
                    "it asked to wait, by the limit of default", HttpDoor.PAUSE_MAX)));
    nanos += HttpDoor.PAUSE_MAX.toNanos();
    assertThat(door.send(Ask.get("/").within(limit))).isInstanceOf(Reply.Answered.class);
  }

  @Test
  void aSystemThatIsLeftAloneCostsNoTokens() {
    Ask.Limit limit = new Ask.Limit("default", new Rate(1, Duration.ofHours(1)));
    for (int i = 0; i < Breaker.FAILURES_MAX; i++) {
      server.then(Act.json(503, ""));
      door.send(Ask.get("/"));
    }
    assertThat(door.send(Ask.get("/").within(limit)))
        .isEqualTo(
            new Reply.NotSent(
                new Delivery.Retry(
                    "left alone, it did not answer the last requests", Breaker.OPEN)));
    nanos += Breaker.OPEN.toNanos();
    assertThat(door.send(Ask.get("/").within(limit))).isInstanceOf(Reply.Answered.class);
  }

  @Test
  void aSystemThatDoesNotAnswerIsLeftAloneAndThenProbedOnce() {
    for (int i = 0; i < Breaker.FAILURES_MAX; i++) {
      server.then(Act.json(503, ""));
      assertThat(door.send(Ask.get("/"))).isInstanceOf(Reply.Answered.class);
    }
    assertThat(door.send(Ask.get("/")))
        .isEqualTo(
            new Reply.NotSent(
                new Delivery.Retry(
                    "left alone, it did not answer the last requests", Breaker.OPEN)));
    nanos += Breaker.OPEN.toNanos();
    server.then(Act.json(503, ""));
    assertThat(door.send(Ask.get("/"))).as("the probe").isInstanceOf(Reply.Answered.class);
    assertThat(door.send(Ask.get("/"))).isInstanceOf(Reply.NotSent.class);
    nanos += Breaker.OPEN.toNanos();
    assertThat(door.send(Ask.get("/"))).as("it is back").isInstanceOf(Reply.Answered.class);
    assertThat(door.send(Ask.get("/"))).isInstanceOf(Reply.Answered.class);
    assertThat(server.requests()).hasSize(8);
  }

  private static Reply.Answered answered(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    return (Reply.Answered) reply;
  }

  private static Reply.Unanswered unanswered(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Unanswered.class);
    return (Reply.Unanswered) reply;
  }
}
