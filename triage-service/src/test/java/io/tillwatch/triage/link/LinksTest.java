package io.tillwatch.triage.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinksTest {

  private static final Links.Window WINDOW =
      new Links.Window(
          Instant.parse("2026-11-20T02:30:00Z"), Instant.parse("2026-11-20T03:40:00Z"));

  private final Links links =
      new Links(
          LinkSettings.local(URI.create("http://localhost:8080/"))
              .withGrafana(URI.create("https://grafana.example.com/sub")));

  @Test
  void linksOpenTheExactSliceAndWindow() {
    Map<String, String> all =
        links.of(
            "INC-3F9A12C4",
            "auth",
            Map.of("region", "eu-west", "psp", "northpay"),
            WINDOW,
            "psp-partial-outage");

    assertThat(all)
        .containsEntry(
            "grafana",
            "https://grafana.example.com/sub/d/tillwatch-payments/tillwatch-payments?orgId=1"
                + "&from=1795141800000&to=1795146000000&var-kind=auth&var-psp=northpay"
                + "&var-region=eu-west")
        .containsEntry(
            "tillwatch",
            "http://localhost:8080/?incident=INC-3F9A12C4&kind=auth"
                + "&from=2026-11-20T02%3A30%3A00Z&to=2026-11-20T03%3A40%3A00Z&psp=northpay"
                + "&region=eu-west")
        .containsEntry("runbook", "http://localhost:8080/runbooks/psp-partial-outage");
  }

  @Test
  void noValueCanAddAParameterOrEndALink() {
    String hostile = "a&to=0#\"><script> /?\u00e9+%";

    String grafana =
        links.of("INC-1", "auth", Map.of("psp", hostile), WINDOW, "x/../y").get("grafana");

    assertThat(grafana).endsWith("&var-psp=a%26to%3D0%23%22%3E%3Cscript%3E%20%2F%3F%C3%A9%2B%25");
    assertThat(URI.create(grafana).getQuery()).endsWith("var-psp=" + hostile);
  }

  @Test
  void whatHasNoAddressHasNoLink() {
    Links local = new Links(LinkSettings.local(URI.create("http://localhost:1")));

    assertThat(local.of("INC-1", "auth", Map.of(), WINDOW, "unknown"))
        .containsOnlyKeys("tillwatch", "runbook");
  }

  @Test
  void aBaseThatIsNoWebAddressIsRefused() {
    assertThatThrownBy(() -> LinkSettings.local(URI.create("javascript:alert(1)")))
        .hasMessageContaining("expected an absolute http or https address");
  }
}
