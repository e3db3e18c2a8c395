package io.tillwatch.standalone.evaluate.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: the stub does to whoever asks what a corpus says, and keeps what it was asked. */
class ModelStubTest {

  private static HttpResponse<String> ask(ModelStub stub) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(stub.url().resolve("/chat"))
              .timeout(Duration.ofSeconds(10))
              .POST(BodyPublishers.ofString("why? ü"))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anAnswerIsInTheVendorsFormatAndTheRequestIsKept(Dialect dialect)
      throws IOException, InterruptedException {
    try (ModelStub stub = new ModelStub(dialect, List.of(Said.of("a \"quoted\" word")))) {
      HttpResponse<String> answer = ask(stub);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("a \\\"quoted\\\" word");
      assertThat(stub.requests()).hasSize(1);
      assertThat(stub.requests().getFirst().path()).isEqualTo("/chat");
      assertThat(stub.requests().getFirst().text()).contains("POST /chat", "why? ü");
    }
  }

  @Test
  void faultsAreWhatTheyAreCalled() throws IOException, InterruptedException {
    try (ModelStub stub = new ModelStub(Dialect.OPENAI, List.of(Said.of("@@HTTP 503@@")))) {
      assertThat(ask(stub).statusCode()).isEqualTo(503);
      stub.say(Said.of("@@HTTP 429 Retry-After: 60@@"));
      assertThat(ask(stub).headers().firstValue("Retry-After")).contains("60");
      stub.say(Said.of("@@HTTP 302 http://169.254.169.254/latest@@"));
      assertThat(ask(stub).headers().firstValue("Location").orElseThrow())
          .startsWith(stub.url().toString());
      stub.say(Said.of("<html>sign in</html>"));
      assertThat(ask(stub).body()).isEqualTo("<html>sign in</html>");
      stub.say(Said.of("@@200 text/plain + valid JSON@@"));
      assertThat(ask(stub).headers().firstValue("Content-Type")).contains("text/plain");
      stub.say(Said.of("@@RST after 100 bytes@@"));
      assertThatThrownBy(() -> ask(stub)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void nobodyVouchesForAnImpostor() {
    try (ModelStub stub = new ModelStub(Dialect.OPENAI, List.of(Said.of("@@TLS self-signed@@")))) {
      assertThat(stub.url().getScheme()).isEqualTo("https");
      assertThatThrownBy(() -> ask(stub)).isInstanceOf(SSLException.class);
      assertThat(stub.requests()).isEmpty();
    }
  }

  @Test
  void slowFaultsAreKnown() {
    assertThat(Said.of("@@HANG 120s@@")).isInstanceOf(Said.Hang.class);
    assertThat(Said.of("@@DRIP 1 byte per 2 s@@")).isEqualTo(new Said.Drip(Duration.ofSeconds(2)));
    assertThat(Said.of("@@GZIP 10MB->10GB@@")).isInstanceOf(Said.Bomb.class);
    assertThatThrownBy(() -> Said.of("@@SINK@@")).isInstanceOf(IllegalArgumentException.class);
  }
}
