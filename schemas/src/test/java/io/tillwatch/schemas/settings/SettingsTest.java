package io.tillwatch.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  private enum Mode {
    RECORD_ONLY,
    REAL
  }

  @TempDir private Path folder;

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = file("cube:\n  grace: 1s\n  step: 2s\n  keep: 3s\n");
    Map<String, String> env = Map.of("TILLWATCH_CUBE_GRACE", "10s", "TILLWATCH_CUBE_STEP", "20s");
    Settings settings = Settings.load(file, env, Map.of("cube.grace", "100s"));
    assertThat(seconds(settings, "cube.grace")).isEqualTo(100);
    assertThat(seconds(settings, "cube.step")).isEqualTo(20);
    assertThat(seconds(settings, "cube.keep")).isEqualTo(3);
    assertThat(seconds(settings, "cube.other")).isEqualTo(7);
    settings.verify();
  }

  @Test
  void aKeyIsAnEnvironmentVariableInCapitals() {
    assertThat(Settings.variableOf("kafka.bootstrap-servers"))
        .isEqualTo("TILLWATCH_KAFKA_BOOTSTRAP_SERVERS");
  }

  @Test
  void durationsAreWrittenWithTheirUnit() {
    Settings settings =
        Settings.load(
            null, Map.of(), Map.of("a", "500ms", "b", "10s", "c", "5m", "d", "72h", "e", "7d"));
    assertThat(duration(settings, "a")).isEqualTo(Duration.ofMillis(500));
    assertThat(duration(settings, "b")).isEqualTo(Duration.ofSeconds(10));
    assertThat(duration(settings, "c")).isEqualTo(Duration.ofMinutes(5));
    assertThat(duration(settings, "d")).isEqualTo(Duration.ofHours(72));
    assertThat(duration(settings, "e")).isEqualTo(Duration.ofDays(7));
    settings.verify();
  }

  @Test
  void aListIsASequenceOrOneTextWithCommas() throws IOException {
    Path file = file("psps: [north, south]\nregions: eu-west, us-east\n");
    Settings settings = Settings.load(file, Map.of(), Map.of());
    assertThat(settings.list("psps", List.of())).containsExactly("north", "south");
    assertThat(settings.list("regions", List.of())).containsExactly("eu-west", "us-east");
    assertThat(settings.list("other", List.of("x"))).containsExactly("x");
  }

  @Test
  void aChoiceIsWrittenWithHyphenOrUnderscore() {
    Settings settings = Settings.load(null, Map.of(), Map.of("a", "record-only", "b", "REAL"));
    assertThat(settings.choice("a", Mode.REAL)).isEqualTo(Mode.RECORD_ONLY);
    assertThat(settings.choice("b", Mode.RECORD_ONLY)).isEqualTo(Mode.REAL);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsPlace() throws IOException {
    Path file =
        file(
            """
            cube:
              grace: 5 minutes
              threads: 99
            http:
              prt: 8080
            mode: reel
            """);
    Settings settings =
        Settings.load(file, Map.of("TILLWATCH_HTTP_OPEN", "yes"), Map.of("ratio", "1.5"));
    assertThat(seconds(settings, "cube.grace")).isEqualTo(7);
    assertThat(settings.integer("cube.threads", 2, 1, 16)).isEqualTo(2);
    assertThat(settings.integer("http.port", 8080, 0, 65535)).isEqualTo(8080);
    assertThat(settings.flag("http.open", true)).isTrue();
    assertThat(settings.decimal("ratio", 0.5, 0, 1)).isEqualTo(0.5);
    assertThat(settings.choice("mode", Mode.REAL)).isEqualTo(Mode.REAL);
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(settings::verify)
        .withMessage(
            """
            FILE:2: cube.grace is '5 minutes', expected a duration from 0ms to 30d \
            (ms, s, m, h or d)
            FILE:3: cube.threads is '99', expected a whole number from 1 to 16
            TILLWATCH_HTTP_OPEN: http.open is 'yes', expected true or false
            option: ratio is '1.5', expected a number from 0.0 to 1.0
            FILE:6: mode is 'reel', expected one of record-only, real
            FILE:5: http.prt is unknown, expected a known key, perhaps http.port\
            """
                .replace("FILE", file.toString()));
  }

  @Test
  void anUnknownKeyIsRefused() throws IOException {
    Settings settings = Settings.load(file("a: 1\nzzzzzz: 2\n"), Map.of(), Map.of());
    settings.text("a", "");
    InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, settings::verify);
    assertThat(invalid.problems()).extracting(SettingsProblem::key).containsExactly("zzzzzz");
    assertThat(invalid).hasMessageEndingWith("expected a known key");
  }

  @Test
  void anEmptyVariableIsAsIfItWereNotThere() {
    Settings settings = Settings.load(null, Map.of("TILLWATCH_CUBE_GRACE", ""), Map.of());
    assertThat(seconds(settings, "cube.grace")).isEqualTo(7);
    settings.verify();
  }

  @Test
  void anUnknownVariableIsOnlyWarnedOf() {
    Settings settings = Settings.load(null, Map.of("TILLWATCH_SERVICE_HOST", "10.0.0.1"), Map.of());
    assertThatNoException().isThrownBy(settings::verify);
  }

  @Test
  void aSecretComesFromItsFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), "s3cret\n");
    Settings settings =
        Settings.load(null, Map.of("TILLWATCH_API_TOKEN_FILE", secret.toString()), Map.of());
    assertThat(settings.secret("api.token").reveal()).isEqualTo("s3cret");
    settings.verify();
  }

  @Test
  void aSecretsFileMayBeNamedInTheYamlFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), "s3cret");
    Settings settings =
        Settings.load(file("api:\n  token-file: " + secret + "\n"), Map.of(), Map.of());
    assertThat(settings.secret("api.token").reveal()).isEqualTo("s3cret");
    settings.verify();
  }

  @Test
  void aSecretsFileThatIsMissingIsNamedAndASecretGivenTwiceToo() {
    Settings settings =
        Settings.load(
            null,
            Map.of("TILLWATCH_A_FILE", "/does/not/exist", "TILLWATCH_B", "x"),
            Map.of("b-file", "/tmp/b"));
    assertThat(settings.secret("a").isSet()).isFalse();
    settings.secret("b");
    InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, settings::verify);
    assertThat(invalid.problems()).extracting(SettingsProblem::key).containsExactly("a", "b");
    assertThat(invalid).hasMessageContaining("/does/not/exist cannot be read");
  }

  @Test
  void aSecretIsNeverShown() {
    Settings settings = Settings.load(null, Map.of("TILLWATCH_TOKEN", "s3cret"), Map.of());
    Secret token = settings.secret("token");
    assertThat(token.toString()).doesNotContain("s3cret");
    assertThat(token.isSet()).isTrue();
    assertThat(Secret.NONE.toString()).isEqualTo("(not set)");
  }

  @Test
  void aSectionIsPassedOnAsItIs() throws IOException {
    Path file = file("kafka:\n  client:\n    request.timeout.ms: 5000\n    a:\n      b: x\n");
    Settings settings = Settings.load(file, Map.of(), Map.of());
    assertThat(settings.section("kafka.client"))
        .isEqualTo(Map.of("request.timeout.ms", "5000", "a.b", "x"));
    settings.verify();
  }

  @Test
  void aFileThatIsNotYamlOrNotThereIsSaid() throws IOException {
    Settings broken = Settings.load(file("a: [1\nb: 2\n"), Map.of(), Map.of());
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(broken::verify)
        .withMessageContaining("settings.yaml:2: (file) is not YAML");
    Settings missing = Settings.load(folder.resolve("none.yaml"), Map.of(), Map.of());
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(missing::verify)
        .withMessageContaining("none.yaml: (file) is missing");
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws IOException {
    Settings settings = Settings.load(file("a: 1\na: 2\n"), Map.of(), Map.of());
    settings.text("a", "");
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(settings::verify)
        .withMessageContaining(":2: a is given twice");
  }

  @Test
  void anEmptyFileAndAnEmptyValueAreAsIfTheyWereNotThere() throws IOException {
    assertThat(Settings.load(file(""), Map.of(), Map.of()).text("a", "x")).isEqualTo("x");
    assertThat(Settings.load(file("a:\n"), Map.of(), Map.of()).text("a", "x")).isEqualTo("x");
  }

  @Test
  void aTagThatWouldMakeAnObjectIsRefused() throws IOException {
    Path file = file("a: !!javax.script.ScriptEngineManager [x]\n");
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(Settings.load(file, Map.of(), Map.of())::verify)
        .withMessageContaining("not YAML");
  }

  @Test
  void anAliasThatHoldsItselfIsRefused() throws IOException {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(Settings.load(file("a: &x\n  b: *x\n"), Map.of(), Map.of())::verify)
        .withMessageContaining("too deep");
  }

  @Test
  void theKeysAskedForAreKnown() {
    Settings settings = Settings.load(null, Map.of(), Map.of());
    settings.text("b", "");
    settings.secret("a");
    assertThat(settings.keys()).containsExactly("a", "a-file", "b");
  }

  private static long seconds(Settings settings, String key) {
    return settings
        .duration(key, Duration.ofSeconds(7), Duration.ZERO, Duration.ofDays(30))
        .toSeconds();
  }

  private static Duration duration(Settings settings, String key) {
    return settings.duration(key, Duration.ZERO, Duration.ZERO, Duration.ofDays(30));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("settings.yaml"), yaml);
  }
}
