package io.tillwatch.triage.gateway;

import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.outside.BoundedBody;
import io.tillwatch.triage.outside.ProxyAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one place that opens HTTP to a model. Sends once and is back within its deadline, whatever
 * the other side does; reads at most {@link #ANSWER_BYTES_MAX}, undoes no encoding, follows no
 * redirect. Nothing of what either side said is in what it throws. Thread-safe.
 */
final class ModelHttp implements AutoCloseable {

  /** Most of an answer that is read, in bytes: about 60,000 tokens. */
  static final int ANSWER_BYTES_MAX = 256 * 1024;

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int TOO_MANY_REQUESTS = 429;

  private final HttpClient client;
  private final Duration deadline;

  ModelHttp(@Nullable URI proxy, Duration deadline) {
    this.deadline = deadline;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(deadline.compareTo(CONNECT_MAX) < 0 ? deadline : CONNECT_MAX);
    ProxyAddress.through(builder, proxy);
    this.client = builder.build();
  }

  /**
   * Posts JSON and returns the body of a 2xx.
   *
   * @throws ModelFailure when there is none
   */
  byte[] post(URI to, Map<String, String> login, String json) {
    CompletableFuture<HttpResponse<BoundedBody.Read>> exchange;
    try {
      exchange =
          client.sendAsync(request(to, login, json), info -> new BoundedBody(ANSWER_BYTES_MAX));
    } catch (IllegalArgumentException malformed) {
      // Its message may quote a header, and so a secret.
      throw new ModelFailure(Reason.UNREACHABLE, "the request cannot be written as HTTP");
    }
    try {
      return body(exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException hang) {
      throw new ModelFailure(
          Reason.DEADLINE, "no whole answer within %d ms".formatted(deadline.toMillis()));
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new ModelFailure(Reason.UNREACHABLE, cause.getClass().getSimpleName());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new ModelFailure(Reason.UNREACHABLE, "stopped while waiting for an answer");
    } finally {
      exchange.cancel(true);
    }
  }

  private static HttpRequest request(URI to, Map<String, String> login, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .POST(BodyPublishers.ofString(json))
            .header("User-Agent", "tillwatch")
            .header("Content-Type", "application/json")
            .header("Accept-Encoding", "identity");
    login.forEach(request::header);
    return request.build();
  }

  private static byte[] body(HttpResponse<BoundedBody.Read> response) {
    int status = response.statusCode();
    if (status / 100 != 2) {
      throw new ModelFailure(reason(status), "HTTP " + status);
    }
    if (!response.headers().firstValue("Content-Encoding").orElse("identity").equals("identity")) {
      throw new ModelFailure(Reason.UNREADABLE, "an encoded answer, which was not asked for");
    }
    if (response.body().cut()) {
      throw new ModelFailure(
          Reason.TOO_LARGE, "an answer of more than %d bytes".formatted(ANSWER_BYTES_MAX));
    }
    return response.body().bytes().toByteArray();
  }

  private static Reason reason(int status) {
    return switch (status / 100) {
      case 3 -> Reason.REDIRECTED;
      case 4 -> status == TOO_MANY_REQUESTS ? Reason.RATE_LIMITED : Reason.REFUSED;
      default -> Reason.SERVER_ERROR;
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
