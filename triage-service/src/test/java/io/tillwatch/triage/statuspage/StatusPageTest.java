package io.tillwatch.triage.statuspage;

import static io.tillwatch.triage.statuspage.StubPage.answers;
import static io.tillwatch.triage.statuspage.StubPage.says;
import static io.tillwatch.triage.statuspage.StubPage.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.frame.InMemorySchemaIds;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.topic.Topics;
import io.tillwatch.triage.publish.MemoryPublisher;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.publish.Publisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Goal: what a page says is published once, and no page can hurt us, whatever it answers. */
class StatusPageTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Topics TOPICS = Topics.with(new InMemorySchemaIds(), 1);

  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final MemoryPublisher published = new MemoryPublisher();
  private final PageClient client = new PageClient(Duration.ofSeconds(10), null);
  private final StubPage stub = new StubPage(says(summary("operational", "01:00"), "\"v1\""));

  @AfterEach
  void stop() {
    stub.close();
    client.close();
  }

  @Test
  void aChangeIsPublishedOnceAndThePageIsAskedConditionally() throws InterruptedException {
    StatusPage page = page(client, published);

    assertThat(page.look()).isEqualTo(Look.UNCHANGED);
    assertThat(page.look()).isEqualTo(Look.NOT_MODIFIED);
    stub.handler = says(summary("partial_outage", "09:58"), "\"v2\"");
    assertThat(page.look()).isEqualTo(Look.CHANGED);
    assertThat(page.look()).isEqualTo(Look.NOT_MODIFIED);

    assertThat(stub.asked).containsExactly("-", "\"v1\"", "\"v1\"", "\"v2\"");
    assertThat(published.values(StatusEvent.class))
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.getPsp()).isEqualTo("northpay");
          assertThat(notice.getTitle()).isEqualTo("Card authorisations: partial outage");
          assertThat(notice.getEventTime()).isEqualTo("2026-11-20T09:58:00Z");
        });
    assertThat(metrics.get("tillwatch.status.pages.looks").tag("outcome", "not_modified").counter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(2));
  }

  @Test
  void aNoticeThatHoldsACardNumberIsOnNoTopicAndCounted() throws InterruptedException {
    String summary = summary("partial_outage", "09:58");
    stub.handler =
        says(summary.replace("Card authorisations", "Card 4111 1111 1111 1111"), "\"v2\"");

    assertThat(page(client, published).look()).isEqualTo(Look.UNCHANGED);
    assertThat(published.published()).isEmpty();
    assertThat(metrics.get("tillwatch.status.pages.refused").counter().count()).isEqualTo(1);
  }

  @Test
  void aPageIsReadThroughTheProxy() throws InterruptedException {
    stub.handler = says(summary("operational", "01:00"), "\"v1\"");
    try (PageClient behind = new PageClient(Duration.ofSeconds(10), stub.address("/"))) {
      assertThat(
              behind.ask(
                  URI.create("http://status.invalid/summary.json"), PageAnswer.Validators.NONE))
          .isInstanceOf(PageAnswer.Body.class);
    }
  }

  @Test
  void aSecondPollerSaysTheSameUnderTheSameId() throws InterruptedException {
    stub.handler = says(summary("partial_outage", "09:58"), "\"v2\"");

    page(client, published).look();
    page(client, published).look();

    assertThat(published.values(StatusEvent.class)).hasSize(2);
    assertThat(published.values(StatusEvent.class).stream().distinct()).hasSize(1);
  }

  @Test
  void whatCouldNotBeWrittenIsSaidAgain() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger(1);
    StatusPage page =
        page(
            client,
            new Publisher() {
              @Override
              public <V extends SpecificRecord> void publish(
                  Topic<String, V> topic, String key, V value) throws NotPublished {
                if (failures.getAndDecrement() > 0) {
                  throw new NotPublished(topic.name(), new IOException("away"));
                }
                published.publish(topic, key, value);
              }
            });
    stub.handler = says(summary("partial_outage", "09:58"), "\"v2\"");

    assertThat(page.look()).isEqualTo(Look.NOT_PUBLISHED);
    assertThat(page.failures()).isEqualTo(1);
    assertThat(page.look()).isEqualTo(Look.CHANGED);

    assertThat(published.values(StatusEvent.class)).hasSize(1);
  }

  @Test
  void whatChangedWhileThePageWasAwayIsToldWhenItIsBack() throws InterruptedException {
    StatusPage page = page(client, published);
    page.look();

    stub.handler = answers(503, Map.of("Retry-After", "120"), new byte[0]);
    assertThat(page.look()).isEqualTo(Look.REFUSED);
    assertThat(page.askedToWait()).isEqualTo(Duration.ofSeconds(120));
    stub.handler = says(summary("major_outage", "09:59"), "\"v3\"");
    assertThat(page.look()).isEqualTo(Look.CHANGED);

    assertThat(page.failures()).isZero();
    assertThat(page.askedToWait()).isZero();
  }

  @Test
  void anAnswerThatIsTooLongIsNotReadToItsEnd() throws InterruptedException {
    assertThat(lookAt(answers(200, Map.of(), new byte[PageClient.BODY_BYTES_MAX + 1])))
        .isEqualTo(Look.TOO_LARGE);
  }

  @Test
  void aBombIsNotUnpacked() throws InterruptedException {
    byte[] bomb = packed(new byte[50 * PageClient.BODY_BYTES_MAX]);

    assertThat(bomb.length).isLessThan(PageClient.BODY_BYTES_MAX);
    assertThat(lookAt(answers(200, Map.of("Content-Encoding", "gzip"), bomb)))
        .isEqualTo(Look.TOO_LARGE);
  }

  @Test
  void aPackedSummaryIsRead() throws InterruptedException {
    byte[] body = packed(summary("major_outage", "09:59").getBytes(StandardCharsets.UTF_8));

    assertThat(lookAt(answers(200, Map.of("Content-Encoding", "gzip"), body)))
        .isEqualTo(Look.CHANGED);
  }

  @Test
  void aPageThatTricklesIsGivenUpAtTheDeadline() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    stub.handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try (exchange) {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (PageClient hasty = new PageClient(Duration.ofMillis(200), null)) {
      assertThat(page(hasty, published).look()).isEqualTo(Look.TIMED_OUT);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aPageMayMoveWithinItselfAndNowhereElse() throws InterruptedException {
    String elsewhere = stub.address("/").toString().replace("127.0.0.1", "localhost");
    assertThat(lookAt(answers(302, Map.of("Location", elsewhere), new byte[0])))
        .isEqualTo(Look.MOVED);
    assertThat(lookAt(answers(302, Map.of("Location", "/"), new byte[0]))).isEqualTo(Look.MOVED);

    HttpHandler summary = says(summary("operational", "01:00"), "\"v1\"");
    assertThat(
            lookAt(exchange -> {
              if (exchange.getRequestURI().getPath().equals("/new")) {
                summary.handle(exchange);
              } else {
                answers(301, Map.of("Location", "/new"), new byte[0]).handle(exchange);
              }
            }))
        .isEqualTo(Look.UNCHANGED);
  }

  @Test
  void aPageThatSaysNonsenseOrNothingIsCountedAndNoMore() throws InterruptedException {
    assertThat(lookAt(answers(200, Map.of(), "<html>".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Look.UNREADABLE);
    stub.close();
    assertThat(page(client, published).look()).isEqualTo(Look.UNREACHABLE);
    assertThat(published.published()).isEmpty();
  }

  private Look lookAt(HttpHandler handler) throws InterruptedException {
    stub.handler = handler;
    return page(client, published).look();
  }

  private StatusPage page(PageClient client, Publisher publisher) {
    return new StatusPage(
        new PageSettings("northpay", stub.address("/api/v2/summary.json"), Set.of()),
        new StatusPage.Surroundings(
            client,
            publisher,
            TOPICS.status(),
            InstantSource.fixed(NOW),
            new StatusPageCounts(metrics)));
  }

  private static byte[] packed(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
