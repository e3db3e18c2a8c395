package io.tillwatch.standalone.taint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Pager, tracker, chat, receivers of webhooks, a model and a status page on the loopback interface:
 * they keep every request, and what they answer is tainted.
 */
final class Outside implements AutoCloseable {

  /** What a request asks for begins with one of these. */
  enum Party {
    PAGER("/v2/"),
    TRACKER("/rest/"),
    CHAT("/api/"),
    RECEIVER("/receiver/"),
    ALERTS("/alerts/"),
    MODEL("/v1/"),
    STATUS_PAGE("/page/");

    private final String path;

    Party(String path) {
      this.path = path;
    }
  }

  static final String CHANNEL = "C0TA1NTED";

  /** All canaries in a row. */
  private static final String TOLD =
      List.of(Canary.values()).stream()
          .map(canary -> canary.text(0))
          .collect(Collectors.joining(", "));

  private static final String MODEL_SAYS =
      String.format(
          Locale.ROOT,
          """
          {"id": "1", "model": "stub", "choices": [{"index": 0, "finish_reason": "stop",
            "message": {"role": "assistant", "content": %s}}],
           "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}}
          """,
          quoted(
              "{\"hypotheses\": [{\"class\": \"psp_outage\", \"owner\": \"psp\","
                  + " \"cause\": \"s3control fails, says "
                  + TOLD
                  + "\", \"evidence\": [\"E1\"], \"check\": \"Ask "
                  + Canary.EMAIL.text(0)
                  + "\", \"confidence\": 0.8}]}"));

  private static final String PAGE_SAYS =
      String.format(
          Locale.ROOT,
          """
          {"page": {"id": "1", "name": "%1$s", "url": "https://status.example/%1$s"},
           "status": {"indicator": "major", "description": "%1$s"},
           "components": [{"id": "c1", "name": "Cards %1$s", "status": "major_outage",
             "description": "%1$s", "updated_at": "2026-11-20T03:00:00Z"}],
           "incidents": [{"id": "i1", "name": "Errors, ask %2$s", "status": "investigating",
             "impact": "major", "shortlink": "https://stspg.example/i1?by=%2$s",
             "created_at": "2026-11-20T03:00:00Z", "updated_at": "2026-11-20T03:00:00Z",
             "started_at": "2026-11-20T03:00:00Z",
             "components": [{"id": "c1", "name": "Cards %2$s", "status": "major_outage"}],
             "incident_updates": [{"id": "u1", "status": "investigating", "body": "%1$s",
               "created_at": "2026-11-20T03:00:00Z", "updated_at": "2026-11-20T03:00:00Z"}]}],
           "scheduled_maintenances": []}
          """,
          TOLD,
          Canary.EMAIL.text(0));

  /** A request, head and body. */
  record Request(Party party, byte[] bytes) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new ArrayList<>();
  private final AtomicInteger issues = new AtomicInteger();

  Outside() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    for (Party party : Party.values()) {
      server.createContext(party.path, exchange -> take(party, exchange));
    }
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every request so far. */
  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Whether one of them was asked something with this word in it. */
  boolean heard(Party party, String word) {
    return requests().stream()
        .filter(request -> request.party == party)
        .anyMatch(request -> new String(request.bytes, StandardCharsets.UTF_8).contains(word));
  }

  private synchronized void keep(Request request) {
    requests.add(request);
  }

  private void take(Party party, HttpExchange exchange) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String line = "%s %s%n".formatted(exchange.getRequestMethod(), exchange.getRequestURI());
    request.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            request.writeBytes(
                "%s: %s%n".formatted(name, values).getBytes(StandardCharsets.UTF_8)));
    request.writeBytes(exchange.getRequestBody().readAllBytes());
    keep(new Request(party, request.toByteArray()));
    boolean made = exchange.getRequestMethod().equals("POST");
    byte[] answer = answer(party, made, exchange.getRequestURI().getPath());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("X-Request-Id", Canary.EMAIL.text(0));
    exchange.sendResponseHeaders(party == Party.PAGER ? 202 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private byte[] answer(Party party, boolean made, String path) {
    String answer =
        switch (party) {
          case PAGER -> "{\"status\":\"success\",\"message\":\"" + TOLD + "\"}";
          case CHAT ->
              ("{\"ok\":true,\"channel\":\"%s\",\"ts\":\"1796000000.%06d\",\"messages\":[],"
                      + "\"warning\":\"%s\"}")
                  .formatted(CHANNEL, issues.incrementAndGet(), TOLD);
          case TRACKER -> tracker(made, path);
          case RECEIVER, ALERTS -> "{\"message\":\"" + TOLD + "\"}";
          case MODEL -> MODEL_SAYS;
          case STATUS_PAGE -> PAGE_SAYS;
        };
    return answer.getBytes(StandardCharsets.UTF_8);
  }

  private String tracker(boolean made, String path) {
    if (path.endsWith("/search/jql") || path.endsWith("/bulkfetch")) {
      return "{\"issues\":[]}";
    }
    int number = made && path.endsWith("/issue") ? issues.incrementAndGet() : issues.get();
    return ("{\"id\":\"%d\",\"key\":\"PAY-%d\",\"properties\":{},\"transitions\":[],\"fields\":"
            + "{\"summary\":\"%s\",\"attachment\":[],\"status\":{\"name\":\"To Do\"}}}")
        .formatted(number, number, TOLD);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
