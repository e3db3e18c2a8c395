package io.tillwatch.triage.statuspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.schemas.settings.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusSettingsTest {

  @Test
  void thePagesOwnAddressIsEnough() {
    StatusSettings settings =
        from(
            Map.of(
                "triage.status-pages.northpay.url", "https://status.northpay.example/",
                "triage.status-pages.northpay.components", "Cards, b13yz5g2cw10",
                "triage.status-pages.eu.south.url", "http://localhost:1/proxy/summary.json"));

    assertThat(settings.pages())
        .containsExactly(
            new PageSettings(
                "eu.south", URI.create("http://localhost:1/proxy/summary.json"), Set.of()),
            new PageSettings(
                "northpay",
                URI.create("https://status.northpay.example/api/v2/summary.json"),
                Set.of("Cards", "b13yz5g2cw10")));
  }

  @Test
  void nothingIsReadUnlessItIsAskedFor() {
    assertThat(from(Map.of())).isEqualTo(StatusSettings.NONE);
  }

  @Test
  void whatIsWrongIsSaidWithItsKey() {
    assertThatThrownBy(() ->
            from(
                Map.of(
                    "triage.status-pages.northpay.url", "status.northpay.example",
                    "triage.status-pages.southpay.components", "Cards",
                    "triage.status-pages.southpay.every", "5s",
                    "triage.status-poll.every", "2h")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.status-pages.northpay.url")
        .hasMessageContaining("triage.status-pages.southpay.url")
        .hasMessageContaining("triage.status-pages.southpay.every")
        .hasMessageContaining("triage.status-poll.every");
  }

  @Test
  void anAddressWithAPasswordIsNeitherTakenNorShown() {
    assertThatThrownBy(() ->
            from(Map.of("triage.status-pages.northpay.url", "https://ada:pa55@status.example")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("triage.status-pages.northpay.url")
        .hasMessageNotContaining("pa55");
  }

  private static StatusSettings from(Map<String, String> overrides) {
    Settings settings = Settings.load(null, Map.of(), overrides);
    StatusSettings status = StatusSettings.from(settings);
    settings.verify();
    return status;
  }
}
