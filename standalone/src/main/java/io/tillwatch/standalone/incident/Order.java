package io.tillwatch.standalone.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.standalone.query.Instance;
import io.tillwatch.standalone.query.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Something somebody wants done with one incident: sent, and watched until it is in its log. */
final class Order extends Instance {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How often the log is looked at for what became of it, and how long that waits in between. */
  private static final int LOOKS_MAX = 40;

  private static final long LOOK_EVERY_MILLIS = 250;

  @Spec(Spec.Target.MIXEE)
  // Set by picocli before it is used.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The incident, for example INC-3F9A12C4D07E.")
  private String id = "";

  @Option(
      names = "--author",
      required = true,
      paramLabel = "NAME",
      description = "Who wants it, as the log shows it.")
  private String author = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, as the log shows it.")
  private String reason = "";

  @Option(
      names = "--episode",
      paramLabel = "N",
      description =
          "The episode it is meant for; refused when the incident is in another one (default: the"
              + " present one).")
  private @Nullable Integer episode;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the API token; else TILLWATCH_API_TOKEN, else none.")
  private @Nullable Path tokenFile;

  /** A body with who and why. */
  ObjectNode body() {
    ObjectNode body = JSON.createObjectNode().put("author", author);
    if (episode != null) {
      body.put("episode", episode);
    }
    return reason.isEmpty() ? body : body.put("reason", reason);
  }

  /**
   * Sends it, and prints what became of it.
   *
   * @return the exit code: 0, 1 when the instance cannot or will not, 2 when it did not understand
   */
  int send(String verb, ObjectNode body) throws IOException, InterruptedException {
    CommandLine command = spec.commandLine();
    PrintWriter out = command.getOut();
    String path = "api/v1/incidents/" + segment(id);
    try {
      long before = lastSequence(read(path + "/log", Map.of()));
      JsonNode accepted = JSON.readTree(post(path + "/" + verb, body, token()));
      for (int look = 0; look < LOOKS_MAX; look++) {
        JsonNode entry = entryAfter(read(path + "/log", Map.of()), before);
        if (entry != null) {
          out.printf("%s  %s%n", Words.text(entry.path("event")), Words.text(entry.path("text")));
          out.flush();
          return entry.path("event").asText().equals("refused") ? FOUND_A_PROBLEM : 0;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      out.printf(
          "on record as %s, not done yet: see tillwatch incident show %s%n",
          Words.text(accepted.path("commandId")), id);
      out.flush();
      return 0;
    } catch (NoAnswer e) {
      command.getErr().println(e.getMessage());
      return e.exitCode();
    }
  }

  private static long lastSequence(JsonNode log) {
    JsonNode entries = log.path("entries");
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).path("sequence").asLong();
  }

  private @Nullable JsonNode entryAfter(JsonNode log, long sequence) {
    for (JsonNode entry : log.path("entries")) {
      if (entry.path("sequence").asLong() > sequence
          && entry.path("author").asText().equals(author)) {
        return entry;
      }
    }
    return null;
  }

  private @Nullable String token() throws IOException {
    return tokenFile == null
        ? System.getenv("TILLWATCH_API_TOKEN")
        : Files.readString(tokenFile).strip();
  }
}
