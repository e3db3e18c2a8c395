package io.tillwatch.triage.outside;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An outside system on a free port of this machine that does what a test says, also what no decent
 * server does: hang, drip, reset, answer without end. Remembers every request that reached it
 * whole. One connection per request.
 */
public final class StubServer implements AutoCloseable {

  /** A request as it arrived; header names in lower case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {}

  /** What is done with a connection. */
  public sealed interface Act {

    /** Answers. */
    record Respond(int status, Map<String, String> headers, byte[] body) implements Act {}

    /** Reads the request and never answers. */
    record Hang() implements Act {}

    /** Answers 200 and sends the body byte by byte, each so many milliseconds after the other. */
    record Drip(long everyMillis) implements Act {}

    /** Resets the connection before it has read the request. */
    record ResetBefore() implements Act {}

    /** Takes the request as its handler says, and resets the connection instead of answering. */
    record ResetAfter() implements Act {}

    /** Answers with JSON. */
    static Act json(int status, String body) {
      return respond(status, body, Map.of("Content-Type", "application/json"));
    }

    /** Answers. */
    static Act respond(int status, String body, Map<String, String> headers) {
      return new Respond(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final int LINE_MAX = 64 * 1024;

  private final ServerSocket server;
  private final Function<Request, Act> handler;
  private final Deque<Act> next = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  private StubServer(ServerSocket server, Function<Request, Act> handler) {
    this.server = server;
    this.handler = handler;
  }

  /** Starts one that handles every request so. */
  public static StubServer start(Function<Request, Act> handler) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      StubServer stub = new StubServer(socket, handler);
      Thread.ofVirtual().name("stub").start(stub::accept);
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its address. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Does this with the next connection, whatever the handler says. */
  public synchronized StubServer then(Act act) {
    next.addLast(act);
    return this;
  }

  private synchronized @Nullable Act planned() {
    return next.pollFirst();
  }

  /** The requests that reached it whole, oldest first. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Act act = planned();
      if (act instanceof Act.ResetBefore) {
        reset(socket);
        return;
      }
      Request request = read(new BufferedInputStream(socket.getInputStream()));
      requests.add(request);
      if (act == null) {
        act = handler.apply(request);
      } else if (act instanceof Act.ResetAfter) {
        handler.apply(request);
      }
      play(act, socket);
    } catch (IOException | InterruptedException e) {
      // The client hung up, or the test is over.
    } finally {
      open.remove(socket);
    }
  }

  private void play(Act act, Socket socket) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch (act) {
      case Act.Respond answer -> {
        out.write(head(answer.status(), answer.headers(), answer.body().length));
        out.write(answer.body());
        out.flush();
      }
      case Act.Hang _ -> closed.await();
      case Act.Drip drip -> {
        out.write(head(200, Map.of(), LINE_MAX));
        do {
          out.write(' ');
          out.flush();
        } while (!closed.await(drip.everyMillis(), TimeUnit.MILLISECONDS));
      }
      case Act.ResetBefore _, Act.ResetAfter _ -> reset(socket);
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static byte[] head(int status, Map<String, String> headers, int length) {
    StringBuilder head = new StringBuilder("HTTP/1.1 %d Stub\r\n".formatted(status));
    headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
    if (status >= 200 && status != 204 && status != 304) {
      head.append("Content-Length: %d\r\n".formatted(length));
    }
    head.append("Connection: close\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body =
        "chunked".equals(headers.get("transfer-encoding"))
            ? chunks(in)
            : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], first[1], headers, body);
  }

  private static String chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      body.writeBytes(in.readNBytes(size));
      line(in);
    }
    line(in);
    return body.toString(StandardCharsets.UTF_8);
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() > LINE_MAX) {
        throw new IOException("the client hung up or goes on and on");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
