package io.tillwatch.triage.statuspage;

import io.tillwatch.triage.outside.ProxyAddress;
import io.tillwatch.triage.statuspage.PageAnswer.Body;
import io.tillwatch.triage.statuspage.PageAnswer.Failed;
import io.tillwatch.triage.statuspage.PageAnswer.NotModified;
import io.tillwatch.triage.statuspage.PageAnswer.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a page for its summary, politely and on guard: conditionally, within a deadline that counts
 * the body too, no more than {@link #BODY_BYTES_MAX} as sent and as unpacked, and never led to
 * another origin. Thread-safe.
 */
final class PageClient implements AutoCloseable {

  /** Longest summary, about fifty times a usual one. */
  static final int BODY_BYTES_MAX = 512 * 1024;

  private static final int REDIRECTS_MAX = 3;
  private static final String USER_AGENT = "tillwatch-status/1";
  private static final long RETRY_AFTER_SECONDS_MAX = Duration.ofDays(1).toSeconds();

  private final HttpClient http;
  private final Duration deadline;

  /**
   * A client that has asked nothing yet.
   *
   * @param proxy HTTP proxy to go through; null for what the platform takes
   */
  PageClient(Duration deadline, @Nullable URI proxy) {
    this.deadline = deadline;
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(deadline).followRedirects(HttpClient.Redirect.NEVER);
    ProxyAddress.through(builder, proxy);
    this.http = builder.build();
  }

  PageAnswer ask(URI summary, Validators known) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    URI at = summary;
    for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      CompletableFuture<HttpResponse<byte[]>> sent =
          http.sendAsync(
              request(at, known),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
      try {
        HttpResponse<byte[]> response =
            sent.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        Optional<URI> elsewhere = redirect(response);
        if (elsewhere.isEmpty()) {
          return answer(response);
        }
        if (!sameOrigin(summary, elsewhere.get())) {
          return Failed.of(Look.MOVED, "moved to " + elsewhere.get().getHost());
        }
        at = elsewhere.get();
      } catch (TimeoutException e) {
        sent.cancel(true);
        return Failed.of(Look.TIMED_OUT, "no answer within " + deadline);
      } catch (ExecutionException e) {
        return failed(e.getCause());
      }
    }
    return Failed.of(Look.MOVED, "more than " + REDIRECTS_MAX + " redirects");
  }

  private static HttpRequest request(URI uri, Validators known) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip")
            .header("User-Agent", USER_AGENT);
    if (known.etag() != null) {
      request.header("If-None-Match", known.etag());
    }
    if (known.lastModified() != null) {
      request.header("If-Modified-Since", known.lastModified());
    }
    return request.build();
  }

  private static Optional<URI> redirect(HttpResponse<?> response) {
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 ->
          response.headers().firstValue("Location").flatMap(to -> resolved(response.uri(), to));
      default -> Optional.empty();
    };
  }

  private static Optional<URI> resolved(URI from, String location) {
    try {
      URI to = from.resolve(location);
      return to.getHost() == null ? Optional.empty() : Optional.of(to);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean sameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost().equalsIgnoreCase(b.getHost())
        && a.getPort() == b.getPort();
  }

  private static PageAnswer answer(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 200 -> body(response);
      case 304 -> new NotModified();
      default -> new Failed(Look.REFUSED, "status " + response.statusCode(), askedToWait(response));
    };
  }

  private static PageAnswer body(HttpResponse<byte[]> response) {
    Validators validators =
        new Validators(
            response.headers().firstValue("ETag").orElse(null),
            response.headers().firstValue("Last-Modified").orElse(null));
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    return switch (encoding.strip()) {
      case "identity" -> new Body(response.body(), validators);
      case "gzip" -> unpacked(response.body(), validators);
      default -> Failed.of(Look.UNREADABLE, "packed in another way than gzip");
    };
  }

  private static PageAnswer unpacked(byte[] packed, Validators validators) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(BODY_BYTES_MAX + 1);
      return bytes.length > BODY_BYTES_MAX ? tooLarge() : new Body(bytes, validators);
    } catch (IOException e) {
      return Failed.of(Look.UNREADABLE, "not packed as it says");
    }
  }

  /** Seconds only: a date would need a clock that agrees with the page's. */
  private static Duration askedToWait(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.strip().matches("\\d{1,9}"))
        .map(text -> Math.min(Long.parseLong(text.strip()), RETRY_AFTER_SECONDS_MAX))
        .map(Duration::ofSeconds)
        .orElse(Duration.ZERO);
  }

  /** The client says in words alone that a limit was reached. */
  private static Failed failed(@Nullable Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).contains("exceeds capacity")) {
        return tooLarge();
      }
    }
    return Failed.of(
        Look.UNREACHABLE, cause == null ? "no answer" : cause.getClass().getSimpleName());
  }

  private static Failed tooLarge() {
    return Failed.of(Look.TOO_LARGE, "longer than " + BODY_BYTES_MAX + " bytes");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
