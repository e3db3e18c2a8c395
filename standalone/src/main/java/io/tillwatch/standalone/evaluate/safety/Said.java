package io.tillwatch.standalone.evaluate.safety;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stub of a model does with a request. */
sealed interface Said {

  /** It answers, in the vendor's format. */
  record Text(String text) implements Said {}

  /** It wants a tool to be called, in the vendor's format. */
  record Tool(String name, String arguments) implements Said {}

  /** Something else answers, with this body. */
  record Http(int status, Map<String, String> headers, byte[] body) implements Said {}

  /** Nothing comes. */
  record Hang() implements Said {}

  /** A byte now and then. */
  record Drip(Duration every) implements Said {}

  /** The connection breaks within the answer. */
  record Reset(int afterBytes) implements Said {}

  /** An answer that is little on the wire and much when it is unpacked. */
  record Bomb() implements Said {}

  /** It sends elsewhere: to the stub itself, so that whoever follows is seen. */
  record Redirect(int status) implements Said {}

  /** Whoever answers cannot prove who it is. */
  record Impostor() implements Said {}

  /** The vendor's answer under another name for its format. */
  record Mislabelled(String type, String text) implements Said {}

  /** An answer that abstains. */
  String NOTHING = "{\"hypotheses\": []}";

  /**
   * What a corpus writes: an answer as it stands, or a fault between {@code @@}.
   *
   * @throws IllegalArgumentException for a fault that is not known
   */
  static Said of(String raw) {
    if (raw.startsWith("@@") && raw.endsWith("@@")) {
      return Faults.of(raw.substring(2, raw.length() - 2).strip());
    }
    return raw.startsWith("<")
        ? new Http(200, Map.of("Content-Type", "text/html"), raw.getBytes(StandardCharsets.UTF_8))
        : new Text(raw);
  }

  /** Faults by how they are written. */
  final class Faults {

    private static final Pattern HTTP = Pattern.compile("HTTP (\\d{3})(.*)");
    private static final Pattern RETRY_AFTER = Pattern.compile("Retry-After: *(\\d+)");
    private static final Pattern DRIP = Pattern.compile("DRIP .*?(\\d+) ?s\\b.*");
    private static final Pattern RESET = Pattern.compile("RST after (\\d+) bytes");
    private static final Pattern TYPE = Pattern.compile("200 (\\S+/\\S+) .*");

    private Faults() {}

    private static Said of(String fault) {
      if (fault.startsWith("HANG")) {
        return new Hang();
      }
      if (fault.startsWith("GZIP")) {
        return new Bomb();
      }
      if (fault.startsWith("TLS")) {
        return new Impostor();
      }
      return group(DRIP, fault)
          .<Said>map(seconds -> new Drip(Duration.ofSeconds(Long.parseLong(seconds))))
          .or(() -> group(RESET, fault).map(bytes -> new Reset(Integer.parseInt(bytes))))
          .or(() -> group(TYPE, fault).map(type -> new Mislabelled(type, NOTHING)))
          .or(() -> http(fault))
          .orElseThrow(() -> new IllegalArgumentException("no such fault: " + fault));
    }

    private static Optional<Said> http(String fault) {
      Matcher http = HTTP.matcher(fault);
      if (!http.matches()) {
        return Optional.empty();
      }
      int status = Integer.parseInt(http.group(1));
      String rest = http.group(2).strip();
      if (status / 100 == 3 && URI.create(rest).isAbsolute()) {
        return Optional.of(new Redirect(status));
      }
      Matcher wait = RETRY_AFTER.matcher(rest);
      Map<String, String> headers =
          wait.matches() ? Map.of("Retry-After", wait.group(1)) : Map.of();
      return Optional.of(new Http(status, headers, new byte[0]));
    }

    private static Optional<String> group(Pattern pattern, String fault) {
      Matcher found = pattern.matcher(fault);
      return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }
  }
}
