package io.tillwatch.triage.outside;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.act.Delivery;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one outside system over HTTP.
 *
 * <p>Sends a request once and is back within its deadline, whatever the other side does. Reads at
 * most {@link #BODY_BYTES_MAX} of an answer, or what it is told, undoes no encoding, follows no
 * redirect, sends nothing that would break a limit, and leaves a system alone for a while that does
 * not answer. Throws nothing for what happens on the way, and no secret gets into what it says.
 * Thread-safe.
 */
public final class HttpDoor implements AutoCloseable {

  /** Most of an answer that is read, in bytes. */
  public static final int BODY_BYTES_MAX = 64 * 1024;

  private static final String USER_AGENT = "tillwatch";
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int TOO_MANY_REQUESTS = 429;

  /** Wait after a 429 that does not say how long. */
  private static final Duration PAUSE_DEFAULT = Duration.ofSeconds(1);

  /**
   * Longest pause after a 429, however long it says: a probe then tells whether it is over, and
   * whoever waits hears that nothing goes out.
   */
  static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  /** Limits that are told apart; one more is counted against the first of all. */
  private static final int BUCKETS_MAX = 1_000;

  private final DoorSettings settings;
  private final Scrub scrub;
  private final InstantSource clock;
  private final LongSupplier ticker;
  private final HttpClient client;
  private final Breaker breaker = new Breaker();
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  private HttpDoor(DoorSettings settings, Scrub scrub, InstantSource clock, LongSupplier ticker) {
    this.settings = settings;
    this.scrub = scrub;
    this.clock = clock;
    this.ticker = ticker;
    this.client = client(settings);
  }

  /**
   * Opens the way; connects to nothing yet.
   *
   * @param secrets what must never be seen in an answer or a message, in every form it is sent in
   */
  public static HttpDoor open(DoorSettings settings, Collection<Secret> secrets) {
    return open(settings, secrets, InstantSource.system(), System::nanoTime);
  }

  static HttpDoor open(
      DoorSettings settings, Collection<Secret> secrets, InstantSource clock, LongSupplier ticker) {
    return new HttpDoor(settings, new Scrub(secrets), clock, ticker);
  }

  private static HttpClient client(DoorSettings settings) {
    Duration connect = settings.deadline();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect.compareTo(CONNECT_MAX) < 0 ? connect : CONNECT_MAX);
    ProxyAddress.through(builder, settings.proxy());
    return builder.build();
  }

  /** Sends it once, if there is room for it. */
  public Reply send(Ask ask) {
    return send(ask, BODY_BYTES_MAX);
  }

  /** Sends it once, and reads so many bytes of a longer answer. */
  public Reply send(Ask ask, int answerBytesMax) {
    Ask.Limit limit = ask.limit();
    @Nullable Bucket bucket = limit == null ? null : bucket(limit);
    Optional<Delivery> kept = kept(limit, bucket);
    if (kept.isPresent()) {
      return new Reply.NotSent(kept.get());
    }
    Reply reply = exchange(ask, answerBytesMax);
    learn(reply, bucket);
    return reply;
  }

  /**
   * Why it does not go out. The breaker is asked before a token is taken, and gives its probe to
   * none but who has one.
   */
  private Optional<Delivery> kept(Ask.@Nullable Limit limit, @Nullable Bucket bucket) {
    long now = ticker.getAsLong();
    Duration open = breaker.left(now);
    if (open.isPositive()) {
      return Optional.of(alone(open));
    }
    if (bucket != null && limit != null) {
      Duration paused = bucket.paused(now);
      if (paused.isPositive()) {
        return Optional.of(
            new Delivery.Retry("it asked to wait, by the limit of " + limit.name(), paused));
      }
      Duration full = bucket.take(now);
      if (full.isPositive()) {
        return Optional.of(
            new Delivery.Held("held back to keep the limit of " + limit.name(), full));
      }
    }
    Duration probed = breaker.pass(now);
    return probed.isPositive() ? Optional.of(alone(probed)) : Optional.empty();
  }

  private static Delivery alone(Duration open) {
    return new Delivery.Retry("left alone, it did not answer the last requests", open);
  }

  private Bucket bucket(Ask.Limit limit) {
    @Nullable Bucket known = buckets.get(limit.name());
    if (known != null) {
      return known;
    }
    String name = buckets.size() < BUCKETS_MAX ? limit.name() : "";
    return buckets.computeIfAbsent(name, key -> new Bucket(limit.rate()));
  }

  private void learn(Reply reply, @Nullable Bucket bucket) {
    boolean answered = reply instanceof Reply.Answered answer && answer.status() < 500;
    if (answered) {
      breaker.answered();
    } else {
      breaker.failed(ticker.getAsLong());
    }
    if (bucket != null
        && reply instanceof Reply.Answered answer
        && answer.status() == TOO_MANY_REQUESTS) {
      Duration said = answer.after().isPositive() ? answer.after() : PAUSE_DEFAULT;
      bucket.pause(ticker.getAsLong(), said.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : said);
    }
  }

  private Reply exchange(Ask ask, int answerBytesMax) {
    CompletableFuture<HttpResponse<BoundedBody.Read>> exchange;
    try {
      exchange = client.sendAsync(request(ask), info -> new BoundedBody(answerBytesMax));
    } catch (IllegalArgumentException malformed) {
      // Its message may quote a header, and so a secret.
      return new Reply.Unanswered("the request cannot be written as HTTP", false);
    }
    try {
      return answered(exchange.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException hang) {
      return new Reply.Unanswered(
          "no answer within %d ms".formatted(settings.deadline().toMillis()), true);
    } catch (ExecutionException failure) {
      return unanswered(failure.getCause() == null ? failure : failure.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Reply.Unanswered("stopped while waiting for an answer", true);
    } finally {
      exchange.cancel(true);
    }
  }

  private HttpRequest request(Ask ask) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(ask.path()))
            .method(ask.method(), ask.body())
            .header("User-Agent", USER_AGENT)
            .header("Accept-Encoding", "identity");
    ask.headers().forEach(request::header);
    return request.build();
  }

  private String base() {
    String base = settings.base().toString();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private Reply answered(HttpResponse<BoundedBody.Read> response) {
    boolean plain =
        response.headers().firstValue("Content-Encoding").orElse("identity").equals("identity");
    String body = plain ? response.body().bytes().toString(StandardCharsets.UTF_8) : "";
    return new Reply.Answered(
        response.statusCode(),
        response.headers(),
        scrub.clean(body),
        response.body().cut(),
        RetryAfter.of(response.headers(), clock.instant()));
  }

  private Reply unanswered(Throwable failure) {
    boolean never =
        failure instanceof ConnectException
            || failure instanceof HttpConnectTimeoutException
            || failure instanceof SSLHandshakeException;
    String said =
        failure instanceof IOException && failure.getMessage() != null
            ? " (" + Scrub.line(scrub.clean(failure.getMessage())) + ")"
            : "";
    return new Reply.Unanswered(failure.getClass().getSimpleName() + said, !never);
  }

  /** Takes secrets out of a text of the other side. */
  public String clean(String text) {
    return scrub.clean(text);
  }

  /** Where a path of the other side is, for messages and links. */
  public URI at(String path) {
    return URI.create(base() + path);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
