package io.tillwatch.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.frame.RegistryUnavailable;
import io.tillwatch.schemas.frame.UnknownSchemaId;
import io.tillwatch.schemas.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrySchemaIdsTest {

  private static final Schema SCHEMA = ChangeEvent.getClassSchema();
  private static final String SUBJECT = "tillwatch.changes-value";
  private static final String UNKNOWN_ID =
      "{\"error_code\": 40403, \"message\": \"Schema not found\"}";

  private final MovableClock clock = new MovableClock();
  private StubRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = new StubRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void anIdIsAskedForOnce() {
    registry.answers(200, "{\"id\": 7}");
    try (RegistrySchemaIds ids = ids(settings())) {
      assertThat(ids.idOf(SUBJECT, SCHEMA)).isEqualTo(7);
      assertThat(ids.idOf(SUBJECT, SCHEMA)).isEqualTo(7);
    }
    assertThat(registry.asked()).hasSize(1);
    assertThat(registry.asked().getFirst().path())
        .isEqualTo("/subjects/tillwatch.changes-value/versions");
  }

  @Test
  void whatIsRegisteredHasNoJavaInIt() {
    registry.answers(200, "{\"id\": 7}");
    try (RegistrySchemaIds ids = ids(settings())) {
      ids.idOf(SUBJECT, SCHEMA);
    }
    assertThat(registry.asked().getFirst().body())
        .contains("ChangeEvent")
        .doesNotContain("avro.java.string");
  }

  @Test
  void aSchemaIsAskedForOnce() {
    registry.answers(200, "{\"schema\": \"\\\"string\\\"\"}");
    try (RegistrySchemaIds ids = ids(settings())) {
      assertThat(ids.byId(3)).isEqualTo(Schema.create(Schema.Type.STRING));
      ids.byId(3);
    }
    assertThat(registry.asked()).hasSize(1);
  }

  @Test
  void anUnknownIdIsAskedForOnceAMinute() {
    registry.answers(404, UNKNOWN_ID);
    try (RegistrySchemaIds ids = ids(settings())) {
      for (int i = 0; i < 5; i++) {
        assertThatExceptionOfType(UnknownSchemaId.class).isThrownBy(() -> ids.byId(999_999));
      }
      assertThat(registry.asked()).hasSize(1);
      clock.move(Duration.ofSeconds(60));
      assertThatExceptionOfType(UnknownSchemaId.class).isThrownBy(() -> ids.byId(999_999));
    }
    assertThat(registry.asked()).hasSize(2);
  }

  @Test
  void anIdThatBecomesKnownIsFoundAfterAMinute() {
    registry.answers(404, UNKNOWN_ID);
    try (RegistrySchemaIds ids = ids(settings())) {
      assertThatExceptionOfType(UnknownSchemaId.class).isThrownBy(() -> ids.byId(4));
      registry.answers(200, "{\"schema\": \"\\\"int\\\"\"}");
      clock.move(Duration.ofSeconds(61));
      assertThat(ids.byId(4)).isEqualTo(Schema.create(Schema.Type.INT));
    }
  }

  @Test
  void aFailureIsTriedAgainAndForgotten() {
    AtomicInteger tries = new AtomicInteger();
    registry.behaves(exchange -> {
      boolean first = tries.getAndIncrement() == 0;
      StubRegistry.reply(exchange, first ? 503 : 200, first ? "" : "{\"id\": 7}");
    });
    try (RegistrySchemaIds ids = ids(settings(), Duration.ofMinutes(1))) {
      assertThat(ids.idOf(SUBJECT, SCHEMA)).isEqualTo(7);
    }
    assertThat(tries).hasValue(2);
  }

  @Test
  void aRegistryThatStaysDownHoldsUpOnlyTheFirstRecord() {
    registry.answers(503, "");
    try (RegistrySchemaIds ids = ids(settings())) {
      assertThatExceptionOfType(RegistryUnavailable.class)
          .isThrownBy(() -> ids.byId(5))
          .withMessageContaining("503");
      int afterTheFirst = registry.asked().size();
      assertThatExceptionOfType(RegistryUnavailable.class).isThrownBy(() -> ids.byId(5));
      assertThatExceptionOfType(RegistryUnavailable.class).isThrownBy(() -> ids.byId(6));
      assertThat(registry.asked()).hasSize(afterTheFirst);

      registry.answers(200, "{\"schema\": \"\\\"int\\\"\"}");
      clock.move(RegistrySchemaIds.REST);
      assertThat(ids.byId(5)).isEqualTo(Schema.create(Schema.Type.INT));
    }
  }

  @Test
  void nobodyListeningIsUnavailable() {
    URI url = registry.url();
    registry.close();
    try (RegistrySchemaIds ids = ids(RegistrySettings.at(url), Duration.ZERO)) {
      assertThatExceptionOfType(RegistryUnavailable.class)
          .isThrownBy(() -> ids.byId(5))
          .withMessageContaining("GET " + url + "/schemas/ids/5");
    }
  }

  @Test
  void theNextNodeIsAskedWhenOneIsDown() throws IOException {
    registry.answers(200, "{\"id\": 7}");
    try (StubRegistry down = new StubRegistry()) {
      RegistrySettings one = settings();
      RegistrySettings both =
          new RegistrySettings(
              List.of(down.url(), registry.url()),
              one.username(),
              one.password(),
              one.token(),
              one.timeout(),
              one.patience(),
              true);
      try (RegistrySchemaIds ids = new RegistrySchemaIds(both, clock)) {
        assertThat(ids.idOf(SUBJECT, SCHEMA)).isEqualTo(7);
        assertThat(ids.idOf("other-value", SCHEMA)).isEqualTo(7);
      }
      assertThat(down.asked()).hasSize(1);
    }
  }

  @Test
  void anAnswerWithoutEndIsCutOffByTime() {
    registry.behaves(exchange -> StubRegistry.drip(exchange, 1, 20));
    try (RegistrySchemaIds ids = ids(settings(), Duration.ZERO)) {
      assertThatExceptionOfType(RegistryUnavailable.class)
          .isThrownBy(() -> ids.byId(5))
          .withMessageContaining("no answer within 500 ms");
    }
  }

  /** A record that waits longer than its transaction may last is read again and again instead. */
  @Test
  void aRecordWaitsNoLongerThanItsTransactionCanBear() {
    registry.behaves(exchange -> StubRegistry.drip(exchange, 1, 20));
    try (RegistrySchemaIds ids = ids(settings(), Duration.ofSeconds(20))) {
      assertThatExceptionOfType(RegistryUnavailable.class)
          .isThrownBy(() -> ids.byId(5))
          .withMessageMatching(".*no answer within [12]?\\d{3} ms");
    }
    assertThat(registry.asked()).hasSize(1);
  }

  @Test
  void anAnswerWithoutEndIsCutOffBySize() {
    registry.behaves(exchange -> StubRegistry.drip(exchange, 1024 * 1024, 0));
    RegistrySettings patient =
        new RegistrySettings(
            List.of(registry.url()),
            "",
            Secret.NONE,
            Secret.NONE,
            Duration.ofSeconds(30),
            Duration.ZERO,
            true);
    try (RegistrySchemaIds ids = new RegistrySchemaIds(patient, clock)) {
      assertThatExceptionOfType(RegistryUnavailable.class)
          .isThrownBy(() -> ids.byId(5))
          .withMessageContaining(Integer.toString(RegistryClient.BODY_BYTES_MAX));
    }
  }

  @Test
  void anIncompatibleSchemaIsRefusedWithoutAnotherTry() {
    registry.answers(409, "{\"error_code\": 409, \"message\": \"incompatible\"}");
    try (RegistrySchemaIds ids = ids(settings())) {
      SchemaRefused refused =
          catchThrowableOfType(SchemaRefused.class, () -> ids.idOf(SUBJECT, SCHEMA));
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused).hasMessageContaining("incompatible");
    }
    assertThat(registry.asked()).hasSize(1);
  }

  @Test
  void wrongCredentialsAreNotTriedAgain() {
    registry.answers(401, "{\"error_code\": 401, \"message\": \"Unauthorized\"}");
    try (RegistrySchemaIds ids = ids(settings())) {
      assertThatExceptionOfType(RegistryUnavailable.class)
          .isThrownBy(() -> ids.byId(5))
          .withMessageContaining("401");
    }
    assertThat(registry.asked()).hasSize(1);
  }

  @Test
  void aPageThatIsNoRegistryIsNotTakenForAnUnknownId() {
    registry.answers(404, "<html>not here</html>");
    try (RegistrySchemaIds ids = ids(settings())) {
      assertThatExceptionOfType(RegistryUnavailable.class).isThrownBy(() -> ids.byId(5));
    }
  }

  @Test
  void aSchemaThatIsNotAvroIsUnknown() {
    registry.answers(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message A {}\"}");
    try (RegistrySchemaIds ids = ids(settings())) {
      assertThatExceptionOfType(UnknownSchemaId.class)
          .isThrownBy(() -> ids.byId(5))
          .withMessageContaining("PROTOBUF");
    }
  }

  @Test
  void withoutRegisteringASchemaMustBeThere() {
    registry.answers(404, "{\"error_code\": 40401, \"message\": \"Subject not found\"}");
    RegistrySettings lookUp =
        new RegistrySettings(
            List.of(registry.url()),
            "",
            Secret.NONE,
            Secret.NONE,
            Duration.ofMillis(500),
            Duration.ZERO,
            false);
    try (RegistrySchemaIds ids = new RegistrySchemaIds(lookUp, clock)) {
      assertThatExceptionOfType(UnknownSchemaId.class)
          .isThrownBy(() -> ids.idOf(SUBJECT, SCHEMA))
          .withMessageContaining(SUBJECT);
    }
    assertThat(registry.asked().getFirst().path()).isEqualTo("/subjects/" + SUBJECT);
  }

  @Test
  void userAndPasswordAreSentAsBasicAuthentication() {
    assertThat(authorization("ana", Secret.of("pass"), Secret.NONE))
        .isEqualTo("Basic YW5hOnBhc3M=");
  }

  @Test
  void aTokenIsSentAsBearer() {
    assertThat(authorization("", Secret.NONE, Secret.of("abc"))).isEqualTo("Bearer abc");
  }

  @Test
  void noCredentialsAreNotSent() {
    assertThat(authorization("", Secret.NONE, Secret.NONE)).isEmpty();
  }

  private String authorization(String user, Secret password, Secret token) {
    registry.answers(200, "{\"id\": 7}");
    RegistrySettings settings =
        new RegistrySettings(
            List.of(registry.url()),
            user,
            password,
            token,
            Duration.ofSeconds(30),
            Duration.ZERO,
            true);
    try (RegistrySchemaIds ids = new RegistrySchemaIds(settings, clock)) {
      ids.idOf(SUBJECT, SCHEMA);
    }
    return registry.asked().getFirst().authorization();
  }

  private RegistrySettings settings() {
    return RegistrySettings.at(registry.url());
  }

  private RegistrySchemaIds ids(RegistrySettings settings) {
    return ids(settings, Duration.ofMillis(250));
  }

  private RegistrySchemaIds ids(RegistrySettings s, Duration patience) {
    Duration timeout = patience.isZero() ? Duration.ofMillis(500) : Duration.ofSeconds(30);
    return new RegistrySchemaIds(
        new RegistrySettings(
            s.urls(), s.username(), s.password(), s.token(), timeout, patience, true),
        clock);
  }
}
