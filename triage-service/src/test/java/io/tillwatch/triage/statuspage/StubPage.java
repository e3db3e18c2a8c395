package io.tillwatch.triage.statuspage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A status page on a free port of this machine, and what it was asked. */
final class StubPage implements AutoCloseable {

  /** Header {@code If-None-Match} of each question, "-" when there was none. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  volatile HttpHandler handler;

  StubPage(HttpHandler first) {
    handler = first;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          List<String> tags = exchange.getRequestHeaders().get("If-None-Match");
          asked.add(tags == null ? "-" : tags.getFirst());
          handler.handle(exchange);
        });
    server.start();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  static HttpHandler says(String summary, String etag) {
    return exchange -> {
      exchange.getResponseHeaders().set("ETag", etag);
      List<String> tags = exchange.getRequestHeaders().get("If-None-Match");
      if (tags != null && tags.contains(etag)) {
        exchange.sendResponseHeaders(304, -1);
        exchange.close();
      } else {
        answer(exchange, 200, summary.getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  static HttpHandler answers(int status, Map<String, String> headers, byte[] body) {
    return exchange -> {
      headers.forEach(exchange.getResponseHeaders()::set);
      answer(exchange, status, body);
    };
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  /** A summary with one component. */
  static String summary(String status, String since) {
    return """
    {"components": [{"id": "b1", "name": "Card authorisations", "status": "%s",
      "updated_at": "2026-11-20T%s:00.000Z", "group": false}],
     "incidents": [], "scheduled_maintenances": []}
    """
        .formatted(status, since);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
