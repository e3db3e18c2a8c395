package io.tillwatch.triage.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Reads a summary that is kept outside of the project; run by name with {@code
 * -Dcontracts=<folder>}.
 */
class StatuspageSampleCheck {

  static {
    TrustedClasses.declare();
  }

  @Test
  void thePublishedShapeIsRead() throws IOException, Unreadable {
    Path sample = Path.of(System.getProperty("contracts"), "statuspage", "summary.sample.json");

    Summary summary = SummaryReader.read(Files.readAllBytes(sample));

    assertThat(summary.parts()).containsOnlyKeys("b13yz5g2cw10");
    assertThat(
            Notices.between(
                new PageSettings("example", URI.create("https://status.example"), Set.of()),
                null,
                summary,
                Instant.parse("2026-11-20T09:00:00Z")))
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.getIndicator()).isEqualTo(StatusIndicator.MAJOR);
          assertThat(notice.getTitle()).isEqualTo("Elevated declines for EU Visa: investigating");
        })
        .extracting(StatusEvent::getComponent)
        .isEqualTo("Card authorisations");
  }
}
