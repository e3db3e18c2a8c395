package io.tillwatch.standalone.evaluate.safety;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * A model on the loopback interface that says what it is told to, whatever it is asked, and keeps
 * every byte of every request. Thread-safe.
 */
final class ModelStub implements AutoCloseable {

  private static final int REQUEST_BYTES_MAX = 4 * 1024 * 1024;

  /** Packed, a thousand times this goes over the wire; unpacked it would be ten gigabytes. */
  private static final int BOMB_PART_BYTES = 10_000_000;

  private static final int BOMB_PARTS = 1_000;

  /** Length of an answer that ends with its connection. */
  private static final long UNTIL_CLOSED = -1;

  /** A request as it came. */
  record Request(String path, byte[] head, byte[] body) {

    /** All of it, byte by byte. */
    String text() {
      return new String(head, StandardCharsets.ISO_8859_1)
          + new String(body, StandardCharsets.UTF_8);
    }
  }

  private final Dialect dialect;
  private final boolean impostor;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final List<Request> requests = new ArrayList<>();
  private final List<Said> script = new ArrayList<>();

  /**
   * A stub that is there at once.
   *
   * @param script what it says to one request after the other; the last one again and again
   */
  ModelStub(Dialect dialect, List<Said> script) {
    this.dialect = dialect;
    this.script.addAll(script);
    this.impostor = script.getFirst() instanceof Said.Impostor;
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      this.server =
          impostor
              ? SelfSigned.context("model.example", Instant.now())
                  .getServerSocketFactory()
                  .createServerSocket(0, 0, loopback)
              : new ServerSocket(0, 0, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  URI url() {
    return URI.create(
        "%s://127.0.0.1:%d".formatted(impostor ? "https" : "http", server.getLocalPort()));
  }

  /** What it says from now on. */
  synchronized void say(Said next) {
    script.clear();
    script.add(next);
  }

  /** Every request so far. */
  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Waits until somebody asks; whether somebody did. */
  boolean awaitAsked(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Request request = read(new BufferedInputStream(socket.getInputStream()));
      answer(kept(request), socket);
    } catch (IOException gone) {
      // Whoever asked went away, or never said who we are: that is what is tried here.
      asked.countDown();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Said kept(Request request) {
    requests.add(request);
    asked.countDown();
    return script.size() > 1 ? script.removeFirst() : script.getFirst();
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    Map<String, String> headers = new HashMap<>();
    String first = line(in, head);
    for (String line = line(in, head); !line.isEmpty(); line = line(in, head)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(Math.min(length, REQUEST_BYTES_MAX));
    String[] words = first.split(" ", -1);
    return new Request(words.length > 1 ? words[1] : "", head.toByteArray(), body);
  }

  private static String line(InputStream in, ByteArrayOutputStream all) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || all.size() > REQUEST_BYTES_MAX) {
        throw new IOException("the request ended early");
      }
      line.write(b);
      all.write(b);
    }
    all.write('\n');
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private void answer(Said said, Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch (said) {
      case Said.Text text -> send(out, json(dialect.text(text.text()).toString()));
      case Said.Tool tool ->
          send(out, json(dialect.tool(tool.name(), tool.arguments()).toString()));
      case Said.Mislabelled other -> {
        byte[] body = dialect.text(other.text()).toString().getBytes(StandardCharsets.UTF_8);
        send(out, new Said.Http(200, Map.of("Content-Type", other.type()), body));
      }
      case Said.Http http -> send(out, http);
      case Said.Redirect redirect ->
          send(
              out,
              new Said.Http(
                  redirect.status(), Map.of("Location", url() + "/elsewhere"), new byte[0]));
      case Said.Bomb bomb -> explode(out);
      case Said.Drip drip -> drip(out, drip.every().toMillis());
      case Said.Reset reset -> {
        head(out, 200, Map.of("Content-Type", "application/json"), 10L * reset.afterBytes());
        out.write(" ".repeat(reset.afterBytes()).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        socket.setSoLinger(true, 0);
      }
      case Said.Hang hang -> closing.await();
      case Said.Impostor impostor -> closing.await();
    }
  }

  private static Said.Http json(String body) {
    return new Said.Http(
        200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(OutputStream out, Said.Http http) throws IOException {
    head(out, http.status(), http.headers(), http.body().length);
    out.write(http.body());
    out.flush();
  }

  private static void head(OutputStream out, int status, Map<String, String> headers, long length)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 %d Said\r\n".formatted(status));
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (length != UNTIL_CLOSED) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void drip(OutputStream out, long everyMillis) throws IOException, InterruptedException {
    byte[] body = dialect.text(Said.NOTHING).toString().getBytes(StandardCharsets.UTF_8);
    head(out, 200, Map.of("Content-Type", "application/json"), body.length);
    for (byte b : body) {
      out.write(b);
      out.flush();
      if (closing.await(everyMillis, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /** Packed parts one behind the other are packed too. */
  private static void explode(OutputStream out) throws IOException {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(part)) {
      packed.write(new byte[BOMB_PART_BYTES]);
    }
    head(
        out,
        200,
        Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
        UNTIL_CLOSED);
    for (int i = 0; i < BOMB_PARTS; i++) {
      out.write(part.toByteArray());
    }
    out.flush();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
