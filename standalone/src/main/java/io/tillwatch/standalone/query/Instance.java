package io.tillwatch.standalone.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running instance that is asked. */
public class Instance {

  /** Exit code: the instance cannot do it now. */
  public static final int FOUND_A_PROBLEM = 1;

  /** Exit code: the instance did not understand. */
  public static final int WRONG_INPUT = 2;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Option(
      names = "--url",
      defaultValue = "${TILLWATCH_URL:-http://127.0.0.1:8080}",
      description =
          "Address of the instance (default: ${DEFAULT-VALUE}; environment: TILLWATCH_URL).")
  private String url = "";

  private @Nullable HttpClient client;

  /** One whose address comes from the command line. */
  protected Instance() {}

  /** One at this address. */
  protected Instance(String url) {
    this.url = url;
  }

  /**
   * Asks, and gives the answer back.
   *
   * @throws NoAnswer with what to tell people
   * @throws IOException when the answer is no JSON
   */
  protected JsonNode read(String path, Map<String, String> parameters)
      throws NoAnswer, IOException {
    return JSON.readTree(fetch(path, parameters));
  }

  /** An instance that does not answer, or refuses to. */
  public static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    NoAnswer(String message, int exitCode) {
      super(message);
      this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public int exitCode() {
      return exitCode;
    }
  }

  /** Asks; the answer as it came. */
  protected String fetch(String path, Map<String, String> parameters) throws NoAnswer {
    return send(request(path + encoded(parameters)));
  }

  /**
   * Asks for something to be done.
   *
   * @param token shown to the instance; null for none
   */
  protected String post(String path, JsonNode body, @Nullable String token) throws NoAnswer {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address().resolve(path))
        .timeout(PATIENCE)
        .header("Accept", "application/json, text/markdown");
  }

  private String send(HttpRequest.Builder asked) throws NoAnswer {
    HttpRequest request = asked.build();
    try {
      HttpResponse<String> answer = client().send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        int exitCode = answer.statusCode() < 500 ? WRONG_INPUT : FOUND_A_PROBLEM;
        throw new NoAnswer(refusal(request.uri(), answer), exitCode);
      }
      return answer.body();
    } catch (IOException e) {
      throw new NoAnswer(
          "tillwatch: no answer from %s: is an instance running there? (--url, or TILLWATCH_URL)"
              .formatted(url),
          FOUND_A_PROBLEM);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("tillwatch: interrupted", FOUND_A_PROBLEM);
    }
  }

  /** Made for the first question, used for all, and gone with the process. */
  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
      client = made;
    }
    return made;
  }

  /** Where it is, as it was given. */
  protected String url() {
    return url;
  }

  private URI address() {
    try {
      URI address = URI.create(url.strip());
      if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null) {
        return address.getPath().endsWith("/") ? address : URI.create(address + "/");
      }
    } catch (IllegalArgumentException noAddress) {
      // Said below, as for any other that is none.
    }
    throw new WrongInput(
        "--url is '%s', expected an address such as http://127.0.0.1:8080".formatted(url));
  }

  private static String refusal(URI uri, HttpResponse<String> answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      String expected = body.path("expected").asText("");
      return "tillwatch: %s%s"
          .formatted(
              body.path("message").asText("HTTP status " + answer.statusCode()),
              expected.isEmpty() ? "" : "; expected " + expected);
    } catch (IOException e) {
      return "tillwatch: HTTP status %d from %s".formatted(answer.statusCode(), uri);
    }
  }

  private static String encoded(Map<String, String> parameters) {
    StringJoiner joiner = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.forEach((name, value) -> joiner.add(encode(name) + "=" + encode(value)));
    return joiner.toString();
  }

  /** One segment of a path. */
  public static String segment(String text) {
    return encode(text).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
