package io.tillwatch.triage.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Who may write, over real HTTP. */
class WriteGateTest {

  private static final String TOKEN = "0123456789abcdef-token";

  private static final String NOTE = "{\"author\":\"ada\",\"reason\":\"looking\"}";

  @Test
  void withATokenWhoeverShowsItMayWriteFromAnywhere() {
    try (TriageOverHttp http = server(Secret.of(TOKEN), false)) {
      assertThat(status(http, "Authorization", "Bearer " + TOKEN)).isEqualTo(202);
      assertThat(status(http, "Authorization", "bearer  " + TOKEN)).isEqualTo(202);
      assertThat(status(http, "Authorization", "Bearer " + TOKEN + "x")).isEqualTo(401);
      assertThat(status(http, "Authorization", "Basic " + TOKEN)).isEqualTo(401);
      assertThat(status(http, "Authorization", "Bearer ")).isEqualTo(401);
      assertThat(status(http)).isEqualTo(401);
    }
  }

  /** Behind a proxy with a login of its own, Authorization is that login. */
  @Test
  void theTokenMayBeShownBesideAnotherLogin() {
    try (TriageOverHttp http = server(Secret.of(TOKEN), false)) {
      String[] login = {"Authorization", "Basic YWRhOnBhc3N3b3Jk"};
      assertThat(status(http, "X-Tillwatch-Token", TOKEN)).isEqualTo(202);
      assertThat(status(http, login[0], login[1], "x-tillwatch-token", TOKEN)).isEqualTo(202);
      assertThat(status(http, login[0], login[1], "X-Tillwatch-Token", TOKEN + "x")).isEqualTo(401);
      assertThat(status(http, login[0], login[1], "X-Tillwatch-Token", "")).isEqualTo(401);
      assertThat(status(http, "X-Tillwatch-Token", TOKEN, "Origin", "http://evil.example"))
          .isEqualTo(403);
      assertThat(note(http, "X-Tillwatch-Token", "not-the-one").body())
          .contains("the token is another one");
    }
  }

  @Test
  void whatIsWrongWithATokenIsSaidWithoutIt() {
    try (TriageOverHttp http = server(Secret.of(TOKEN), true)) {
      HttpResponse<String> answer = note(http, "Authorization", "Bearer not-the-one");
      assertThat(answer.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"tillwatch\"");
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":\"unauthorized\",\"message\":\"the token is another one\",\"expected\":"
                  + "\"Authorization: Bearer and the token that triage.api.token is set to, or"
                  + " X-Tillwatch-Token\"}");
    }
  }

  @Test
  void withoutATokenOnlyThisMachineMayWriteUnderItsOwnName() {
    try (TriageOverHttp http = server(Secret.NONE, true)) {
      assertThat(status(http)).isEqualTo(202);
      assertThat(status(http, "Host", "localhost:8081")).isEqualTo(202);
      assertThat(status(http, "Host", "[::1]:8081")).isEqualTo(202);
      assertThat(status(http, "Host", "rebound.example.com:8081"))
          .as("a name of another's that was made to lead here")
          .isEqualTo(403);
    }
    try (TriageOverHttp http = server(Secret.NONE, false)) {
      HttpResponse<String> answer = note(http);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("triage.api.token, or triage.api.token-file, to be set");
    }
  }

  @Test
  void withoutATokenNothingIsTakenThroughAProxy() {
    try (TriageOverHttp http = server(Secret.NONE, true)) {
      for (String header :
          new String[] {"Forwarded", "X-Forwarded-For", "x-forwarded-proto", "X-Real-IP", "Via"}) {
        assertThat(status(http, header, "10.0.0.9")).as(header).isEqualTo(403);
      }
    }
    try (TriageOverHttp http = server(Secret.of(TOKEN), false)) {
      assertThat(status(http, "Authorization", "Bearer " + TOKEN, "Via", "1.1 proxy"))
          .isEqualTo(202);
    }
  }

  @Test
  void anotherSitesPageMayNotWriteWhateverItShows() {
    try (TriageOverHttp http = server(Secret.of(TOKEN), true)) {
      String[] shown = {"Authorization", "Bearer " + TOKEN};
      assertThat(status(http, shown[0], shown[1], "Sec-Fetch-Site", "same-origin")).isEqualTo(202);
      assertThat(status(http, shown[0], shown[1], "Sec-Fetch-Site", "none")).isEqualTo(202);
      assertThat(status(http, shown[0], shown[1], "Sec-Fetch-Site", "same-site")).isEqualTo(403);
      assertThat(status(http, shown[0], shown[1], "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
      assertThat(
              status(http, shown[0], shown[1], "Origin", "http://t.example", "Host", "t.example"))
          .isEqualTo(202);
      assertThat(status(http, shown[0], shown[1], "Origin", "http://evil.example")).isEqualTo(403);
      assertThat(status(http, shown[0], shown[1], "Origin", "null")).isEqualTo(403);
    }
  }

  private static TriageOverHttp server(Secret token, boolean loopback) {
    TriageOverHttp http = new TriageOverHttp("", token, loopback);
    http.incidents.apply(Samples.incident("INC-A").build());
    return http;
  }

  /** Byte for byte, because a client of the JDK lets nobody name another host. */
  private static int status(TriageOverHttp http, String... headers) {
    StringBuilder request =
        new StringBuilder("POST /api/v1/incidents/INC-A/note HTTP/1.1\r\nConnection: close\r\n")
            .append("Content-Type: application/json\r\nContent-Length: " + NOTE.length() + "\r\n");
    boolean named = false;
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
      named |= headers[i].equals("Host");
    }
    request.append(named ? "" : "Host: 127.0.0.1:" + http.port() + "\r\n");
    request.append("\r\n").append(NOTE);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.getOutputStream().write(request.toString().getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return Integer.parseInt(answer.split(" ")[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<String> note(TriageOverHttp http, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    return http.post("/api/v1/incidents/INC-A/note", NOTE, all);
  }
}
