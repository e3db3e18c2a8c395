package io.tillwatch.triage.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.hook.Where.ScopeRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookSettingsTest {

  @Test
  void nobodyIsListenedToUnlessASecretIsSet() {
    assertThat(from(Map.of())).isEqualTo(HookSettings.NONE);
    assertThat(HookSettings.NONE.github().isSet()).isFalse();
  }

  @Test
  void secretsStandInFilesToo(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("secret"), "s3cret-s3cret-s3cret\n");

    HookSettings settings =
        from(
            Map.of(
                "triage.hooks.github.secret-file", file.toString(),
                "triage.hooks.github.secret-before", "older-older-older",
                "triage.hooks.alerts.token", "t0ken-t0ken-t0ken"));

    assertThat(settings.github().now()).isEqualTo(Secret.of("s3cret-s3cret-s3cret"));
    assertThat(settings.github().before()).isEqualTo(Secret.of("older-older-older"));
    assertThat(settings.alerts().isSet()).isTrue();
    assertThat(settings.toString())
        .doesNotContain("s3cret-s3cret-s3cret", "older-older-older", "t0ken-t0ken-t0ken");
  }

  @Test
  void aSecretThatCouldBeGuessedIsRefused() {
    assertThatThrownBy(() -> from(Map.of("triage.hooks.gitlab.token", "guess")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.hooks.gitlab.token")
        .hasMessageContaining("5 characters")
        .hasMessageNotContaining("guess");
  }

  @Test
  void theSecretBeforeIsOfNoUseWithoutTheOneInForce() {
    assertThatThrownBy(() -> from(Map.of("triage.hooks.github.secret-before", "older-older-older")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.hooks.github.secret is nothing")
        .hasMessageNotContaining("older-older");
  }

  @Test
  void scopesAreReadInOrderOfTheirNames() {
    HookSettings settings =
        from(
            Map.of(
                "triage.hooks.environments", "live",
                "triage.hooks.scopes.b.repository", "acme/*",
                "triage.hooks.scopes.b.region", "eu-west",
                "triage.hooks.scopes.a.repository", "acme/northpay-*",
                "triage.hooks.scopes.a.environment", "live-eu",
                "triage.hooks.scopes.a.psp", "northpay",
                "triage.hooks.labels.provider", "psp"));

    assertThat(settings.where())
        .isEqualTo(
            new Where(
                List.of("live"),
                List.of(
                    new ScopeRule("acme/northpay-*", "live-eu", Map.of("psp", "northpay")),
                    new ScopeRule("acme/*", "*", Map.of("region", "eu-west")))));
    assertThat(settings.labels()).isEqualTo(Map.of("provider", Dimension.PSP));
  }

  @Test
  void whatIsNoDimensionIsSaidWithItsKey() {
    assertThatThrownBy(() ->
            from(
                Map.of(
                    "triage.hooks.scopes.a.provider", "northpay",
                    "triage.hooks.scopes.b", "northpay",
                    "triage.hooks.labels.provider", "gateway")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.hooks.scopes.a.provider")
        .hasMessageContaining("triage.hooks.scopes.b")
        .hasMessageContaining("triage.hooks.labels.provider")
        .hasMessageContaining("psp, binRange, region");
  }

  private static HookSettings from(Map<String, String> overrides) {
    Settings settings = Settings.load(null, Map.of(), overrides);
    HookSettings hooks = HookSettings.from(settings);
    settings.verify();
    return hooks;
  }
}
