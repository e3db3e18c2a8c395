package io.tillwatch.standalone.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** One question to a running instance, and how its answer is wanted. */
public final class Question extends Instance {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--json", description = "Print the answer as JSON, as it came.")
  private boolean json;

  /**
   * Asks, and prints the answer.
   *
   * @param path without a slash at its begin
   * @param table draws the answer for people when JSON is not asked for
   * @return the exit code: 0, 1 when the instance cannot answer now, 2 when it did not understand
   */
  public int ask(
      String path,
      Map<String, String> parameters,
      PrintWriter out,
      PrintWriter err,
      Consumer<JsonNode> table) {
    try {
      String answer = fetch(path, parameters);
      if (json) {
        out.println(answer);
      } else {
        table.accept(JSON.readTree(answer));
      }
      out.flush();
      return 0;
    } catch (NoAnswer e) {
      err.println(e.getMessage());
      return e.exitCode();
    } catch (JsonProcessingException e) {
      err.println("tillwatch: %s does not answer in JSON".formatted(url()));
      return FOUND_A_PROBLEM;
    }
  }
}
