package io.tillwatch.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.frame.RegistryUnavailable;
import io.tillwatch.schemas.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Asks the registry over HTTP, again and again within its patience. Does not know what the
 * questions mean. Thread-safe.
 */
final class RegistryClient implements AutoCloseable {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  /** Longest answer that is read, in bytes; a schema is a few KiB. */
  static final int BODY_BYTES_MAX = 2 * 1024 * 1024;

  /**
   * Longest time for a question that a record waits for, whatever the settings say: its task is in
   * the middle of a transaction, which the broker ends after some seconds more.
   */
  static final Duration GET_LONGEST = Duration.ofSeconds(3);

  /** Longest time for any other question: patience and a last try, each as long as can be set. */
  private static final Duration WRITE_LONGEST = Duration.ofMinutes(1);

  private static final Duration WAIT_FIRST = Duration.ofMillis(100);
  private static final Duration WAIT_LONGEST = Duration.ofSeconds(2);

  private final HttpClient http;

  /**
   * Threads of our own: a caller may sit in the common pool, which the client's async way needs.
   */
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final ObjectMapper json = new ObjectMapper();
  private final RegistrySettings settings;
  private final @Nullable String authorization;

  /** Which of the registry's nodes is asked; moves on when one fails. */
  private final AtomicInteger node = new AtomicInteger();

  RegistryClient(RegistrySettings settings) {
    this.settings = settings;
    this.authorization = authorization(settings);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
  }

  private static @Nullable String authorization(RegistrySettings settings) {
    Secret token = settings.token();
    if (token.isSet()) {
      return "Bearer " + token.reveal();
    }
    if (settings.username().isEmpty()) {
      return null;
    }
    String password = settings.password().isSet() ? settings.password().reveal() : "";
    byte[] pair = (settings.username() + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The node it asks now, without credentials. */
  URI url() {
    List<URI> urls = settings.urls();
    return urls.get(Math.floorMod(node.get(), urls.size()));
  }

  Answer get(String path) {
    return ask("GET", path, BodyPublishers.noBody(), GET_LONGEST);
  }

  Answer post(String path, JsonNode body) {
    return ask("POST", path, BodyPublishers.ofString(body.toString()), WRITE_LONGEST);
  }

  Answer put(String path, JsonNode body) {
    return ask("PUT", path, BodyPublishers.ofString(body.toString()), WRITE_LONGEST);
  }

  /**
   * Asks until there is an answer that will not change by itself.
   *
   * @param longest for all of it, the last try included
   * @throws RegistryUnavailable when patience ends before
   */
  private Answer ask(String method, String path, BodyPublisher body, Duration longest) {
    long start = System.nanoTime();
    long end = start + longest.toNanos();
    long deadline = start + min(settings.patience(), longest).toNanos();
    Duration wait = WAIT_FIRST;
    while (true) {
      String failure;
      try {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        Answer answer = once(method, path, body, min(settings.timeout(), left));
        if (!answer.isWorthRetrying()) {
          return answer;
        }
        failure = answer.describe();
      } catch (IOException e) {
        failure = describe(e);
      } catch (InterruptedException e) {
        throw interrupted(method, path, e);
      }
      if (System.nanoTime() + wait.toNanos() > deadline) {
        throw unavailable(method, path, failure, null);
      }
      node.incrementAndGet();
      pause(wait, method, path);
      wait = min(wait.multipliedBy(2), WAIT_LONGEST);
    }
  }

  /** One try. The time limit is for the whole body, not for its first byte only. */
  private Answer once(String method, String path, BodyPublisher body, Duration limit)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + path))
            .method(method, body)
            .header("Content-Type", MEDIA_TYPE)
            .header("Accept", MEDIA_TYPE + ", application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    BodyHandler<String> bounded =
        BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), BODY_BYTES_MAX);
    Future<HttpResponse<String>> sent = threads.submit(() -> http.send(request.build(), bounded));
    try {
      HttpResponse<String> response = sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), parsed(response.body()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer within %d ms".formatted(limit.toMillis()), e);
    } finally {
      sent.cancel(true);
    }
  }

  /** The schema's text without what is only of interest to Java: a registry is everybody's. */
  JsonNode withoutJava(Schema schema) {
    JsonNode text = parsed(SchemaFormatter.format("json/inline", schema));
    for (JsonNode parent : text.findParents(GenericData.STRING_PROP)) {
      ((ObjectNode) parent).remove(GenericData.STRING_PROP);
    }
    return text;
  }

  private JsonNode parsed(String body) {
    try {
      JsonNode node = json.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private String base() {
    String text = url().toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private void pause(Duration wait, String method, String path) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw interrupted(method, path, e);
    }
  }

  private RegistryUnavailable interrupted(String method, String path, InterruptedException e) {
    Thread.currentThread().interrupt();
    return unavailable(method, path, "interrupted", e);
  }

  private RegistryUnavailable unavailable(
      String method, String path, String failure, @Nullable Throwable cause) {
    return new RegistryUnavailable("%s %s%s: %s".formatted(method, url(), path, failure), cause);
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
  }
}
