package io.tillwatch.standalone.taint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Puts each canary into each place of each request, and keeps what is answered. */
final class Requests implements AutoCloseable {

  private static final int AT_ONCE = 8;

  /** Beyond those of records. */
  private static final int FIRST_NUMBER = 100_000;

  private final URI site;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> places = new TreeSet<>();
  private final Set<String> routes = new TreeSet<>();

  /** An answer, head and body, with what was asked. */
  record Answer(String asked, int status, byte[] bytes) {}

  Requests(URI site) {
    this.site = site;
  }

  /** The operations that the site describes, and those that it serves besides. */
  List<Api.Operation> operations() throws IOException, InterruptedException {
    List<Api.Operation> operations = new ArrayList<>(Calls.pages());
    for (String part : List.of("topology", "triage")) {
      operations.addAll(Api.read(get("/openapi/" + part)));
    }
    operations.forEach(each -> routes.add(each.method() + " " + each.path()));
    return operations;
  }

  /** What is answered to this. */
  String get(String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(site.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** What is answered to requests as they are, which has to be a success. */
  List<Answer> askPlainly(List<Call> calls) throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (Call call : calls) {
      answers.add(answer(call.operation().path(), call.request(site)));
    }
    return answers;
  }

  /** The answers to tainted requests. */
  List<Answer> askTainted(List<Call> calls) throws InterruptedException, ExecutionException {
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      int number = FIRST_NUMBER;
      for (Call call : calls) {
        for (Call.Place place : call.places()) {
          String asked =
              "%s %s %s"
                  .formatted(call.operation().method(), call.operation().path(), place.name());
          places.add(asked);
          for (Canary canary : Canary.values()) {
            number++;
            HttpRequest request = place.with().apply(canary.text(number)).request(site);
            answers.add(threads.submit(() -> answer(asked + " " + canary, request)));
          }
        }
      }
    }
    List<Answer> done = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      done.add(answer.get());
    }
    return done;
  }

  private Answer answer(String asked, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    String head = response.statusCode() + " " + response.headers().map() + "\n";
    byte[] headBytes = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[headBytes.length + response.body().length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(response.body(), 0, all, headBytes.length, response.body().length);
    return new Answer(asked, response.statusCode(), all);
  }

  /** Places of requests that something was put into. */
  Set<String> places() {
    return places;
  }

  /** Methods and paths that were asked. */
  Set<String> routes() {
    return routes;
  }

  @Override
  public void close() {
    client.close();
  }
}
