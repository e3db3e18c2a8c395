package io.tillwatch.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A stub of an outside system on the loopback interface, with moods and a log of its wire. */
abstract class Stub implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than any attempt waits. */
  private static final Duration HANG = Duration.ofSeconds(15);

  private static final int BODY_MAX = 1 << 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final WireLog log = new WireLog();
  private volatile Mood mood = Mood.WELL;

  /**
   * An answer.
   *
   * @param headers beside the content's type
   */
  record Answer(int status, String json, Map<String, String> headers) {
    Answer(int status, String json) {
      this(status, json, Map.of());
    }
  }

  Stub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  final String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  final WireLog log() {
    return log;
  }

  final Mood mood() {
    return mood;
  }

  final void become(Mood next) {
    mood = next;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX);
    JsonNode json =
        body.length == 0 || body[0] != '{'
            ? parameters(exchange.getRequestURI().getRawQuery())
            : JSON.readTree(body);
    String path = exchange.getRequestURI().getPath();
    Mood now = moodFor(exchange.getRequestMethod(), path);
    Answer answer = take(exchange.getRequestMethod(), path, json, now);
    switch (now) {
      case RESETS, RESETS_AFTER -> exchange.close();
      case HANGS, HANGS_AFTER -> {
        hang();
        exchange.close();
      }
      case WELL, BUSY, BROKEN, REFUSES, LOCKED -> send(exchange, answer);
    }
  }

  /** What is asked for without a body. */
  private static JsonNode parameters(@Nullable String query) {
    ObjectNode parameters = JSON.createObjectNode();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.put(
            parameter.substring(0, equals),
            URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  /** How this request is answered. */
  Mood moodFor(String method, String path) {
    return mood;
  }

  /**
   * Does what is asked for as far as the mood lets it, and notes it on the wire log.
   *
   * @param body the object that was sent, or the query's parameters
   */
  abstract Answer take(String method, String path, JsonNode body, Mood now);

  static Answer refusal(Mood now) {
    return switch (now) {
      case BUSY -> new Answer(429, "{}");
      case BROKEN -> new Answer(503, "{}");
      case REFUSES -> new Answer(400, "{\"status\":\"invalid event\",\"errorMessages\":[\"no\"]}");
      case LOCKED -> new Answer(401, "{}");
      case WELL, RESETS, RESETS_AFTER, HANGS, HANGS_AFTER -> new Answer(0, "{}");
    };
  }

  private static void hang() {
    try {
      Thread.sleep(HANG);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
