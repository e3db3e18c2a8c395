package io.tillwatch.triage.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.triage.act.TargetMode;
import io.tillwatch.triage.outside.ProxyAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorSettingsTest {

  @Test
  void whatIsChosenAndWhereItIsIsReadFromTheFile(@TempDir Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "file-key\n");
    Path hooks =
        Files.writeString(folder.resolve("hooks"), "new-webhook-secret\nold-webhook-secret\n");
    Path yaml =
        Files.writeString(
            folder.resolve("triage.yaml"),
            """
            triage:
              targets: {pager: pagerduty, chat: slack}
              outside: {proxy: "http://proxy.example.com:3128", deadline: 3s}
              pagerduty:
                base-url: https://events.eu.pagerduty.com
                routing-key: the-key
                webhook-secrets-file: %s
                routes:
                  issuers: {routing-key-file: %s}
              slack:
                proxy: none
                deadline: 1s
                token: xoxb-1
                channel: C0123ABCD
                routes: {issuers: {channel: C0456EFGH}}
            """
                .formatted(hooks, key));
    Settings settings = Settings.load(yaml, Map.of(), Map.of());
    Map<ActionTarget, TargetMode> targets = VendorSettings.targets(settings);
    VendorSettings vendors = VendorSettings.from(settings, targets);
    settings.verify();
    assertThat(targets)
        .containsEntry(ActionTarget.PAGER, TargetMode.PAGERDUTY)
        .containsEntry(ActionTarget.CHAT, TargetMode.SLACK)
        .containsEntry(ActionTarget.TICKET, TargetMode.CONSOLE);
    assertThat(vendors.pagerDuty().door().base())
        .isEqualTo(URI.create("https://events.eu.pagerduty.com"));
    assertThat(vendors.pagerDuty().door().proxy())
        .isEqualTo(URI.create("http://proxy.example.com:3128"));
    assertThat(vendors.pagerDuty().door().deadline()).isEqualTo(Duration.ofSeconds(3));
    assertThat(vendors.pagerDuty().routingKey()).isEqualTo(Secret.of("the-key"));
    assertThat(vendors.pagerDuty().routes())
        .containsExactly(Map.entry("issuers", Secret.of("file-key")));
    assertThat(vendors.pagerDuty().webhookSecrets())
        .containsExactly(Secret.of("new-webhook-secret"), Secret.of("old-webhook-secret"));
    assertThat(vendors.slack().door().proxy()).isEqualTo(ProxyAddress.DIRECT);
    assertThat(vendors.slack().door().deadline()).isEqualTo(Duration.ofSeconds(1));
    assertThat(vendors.slack().routes()).containsExactly(Map.entry("issuers", "C0456EFGH"));
    assertThat(vendors.toString())
        .doesNotContain(
            "the-key", "file-key", "new-webhook-secret", "old-webhook-secret", "xoxb-1");
  }

  @Test
  void anAdapterThatIsChosenWithoutItsSecretIsOneClearSentence() {
    assertThatThrownBy(
            () -> read(Map.of("triage.targets.pager", "pagerduty", "triage.targets.chat", "slack")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage(
            """
            default: triage.pagerduty.routing-key is not set, expected an integration key, or\
             triage.pagerduty.routing-key-file, because triage.targets.pager is pagerduty
            default: triage.slack.token is not set, expected a bot token, or\
             triage.slack.token-file, because triage.targets.chat is slack
            default: triage.slack.channel is not set, expected the id of a channel, because\
             triage.targets.chat is slack\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          triage.targets.pager | slack | one of console, off, pagerduty
          triage.targets.chat | pagerduty | one of console, off, slack
          triage.pagerduty.base-url | events.pagerduty.com | absolute http or https
          triage.pagerduty.base-url | https://u:p@x.com | is not of that form
          triage.outside.proxy | socks5://x | absolute http or https
          triage.outside.proxy | https://proxy.example.com | an http address
          triage.pagerduty.webhook-secrets | guess | at least 16 characters each
          triage.jira.routes.cards | CARDS | one of issue-type, project
          triage.jira.routes.cards.project | no key | the key of a project
          triage.outside.deadline | 1h | a duration from 10ms to 1m
          triage.pagerduty.events-per-minute | 0 | a whole number from 1
          triage.pagerduty.routes.Issuers.routing-key | k | small letters, digits
          triage.pagerduty.routes.issuers.key | k | one of routing-key
          triage.pagerduty.routes.issuers | k | one of routing-key
          triage.slack.channel | #payments | a channel's id such as
          triage.slack.chanel | C0123ABCD | perhaps triage.slack.channel
          """)
  void aWrongValueIsToldWithItsKeyAndWhatWouldBeRight(String key, String value, String expected) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("option: " + key + " ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("u:p");
  }

  private static void read(Map<String, String> options) {
    Settings settings = Settings.load(null, Map.of(), options);
    VendorSettings.from(settings, VendorSettings.targets(settings));
    settings.verify();
  }
}
