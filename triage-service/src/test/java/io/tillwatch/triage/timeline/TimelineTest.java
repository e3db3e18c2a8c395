package io.tillwatch.triage.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final String PAGE = "INC-A/1/pager/trigger as p1";

  private static Instant minute(int minute) {
    return Samples.ONSET.plus(Duration.ofMinutes(minute));
  }

  private static IncidentLogEntry entry(
      int minute, IncidentEvent event, String author, String text) {
    return IncidentLogEntry.newBuilder(Samples.entry("INC-A", minute + 1, event))
        .setAt(minute(minute))
        .setAuthor(author)
        .setText(text)
        .build();
  }

  private static final List<IncidentLogEntry> LOG =
      List.of(
          entry(2, IncidentEvent.OPENED, "tillwatch", "northpay eu-west, sev1"),
          entry(2, IncidentEvent.ACTION_QUEUED, "tillwatch", "INC-A/1/pager/trigger"),
          entry(3, IncidentEvent.ACTION_DONE, "tillwatch", PAGE),
          entry(3, IncidentEvent.ACTION_DONE, "tillwatch", "INC-A/1/ticket/create as PAY-7"),
          entry(4, IncidentEvent.UPDATED, "tillwatch", "burst b1 revision 2"),
          entry(6, IncidentEvent.ACKNOWLEDGED, "ada", "acknowledged by ada"),
          entry(9, IncidentEvent.MITIGATED, "ada", "mitigated: moved to <b>southpay</b> | [x](y)"),
          entry(20, IncidentEvent.RESOLVED, "tillwatch", "quiet since 03:17"));

  private static Incident.Builder incident() {
    return Samples.incident("INC-A")
        .setState(IncidentState.RESOLVED)
        .setStartedAt(minute(0))
        .setDetectedAt(minute(2))
        .setPagedAt(minute(3))
        .setAcknowledgedAt(minute(6))
        .setMitigatedAt(minute(9))
        .setResolvedAt(minute(20))
        .setNoticedAt(minute(14));
  }

  @Test
  void aTimelineHoldsWhatPeopleAskForInOrder() {
    assertThat(Timeline.of(incident().build(), LOG).moments())
        .extracting(moment -> moment.at().toString().substring(11, 16) + " " + moment.what())
        .containsExactly(
            "03:02 onset",
            "03:04 opened",
            "03:05 paged",
            "03:08 acknowledged",
            "03:11 mitigated",
            "03:16 noticed",
            "03:22 resolved");
  }

  @Test
  void aPagerThatIsSwitchedOffPagedNobody() {
    List<IncidentLogEntry> off =
        List.of(
            entry(3, IncidentEvent.ACTION_DONE, "tillwatch", "INC-A/1/pager/trigger: switched off"),
            entry(4, IncidentEvent.ACTION_DONE, "tillwatch", "INC-A/2/pager/trigger"));

    assertThat(Timeline.of(incident().setNoticedAt(null).build(), off).moments())
        .extracting(moment -> moment.what() + " " + moment.text())
        .containsExactly("onset it begins, as estimated", "paged INC-A/2/pager/trigger");
  }

  @Test
  void figuresCountFromWhenItWasDetected() {
    Figures figures = Figures.of(incident().build(), LOG);

    assertThat(figures.toDetect()).isEqualTo(Duration.ofMinutes(2));
    assertThat(figures.toPage()).isEqualTo(Duration.ofMinutes(1));
    assertThat(figures.toAcknowledge()).isEqualTo(Duration.ofMinutes(4));
    assertThat(figures.toMitigate()).isEqualTo(Duration.ofMinutes(7));
    assertThat(figures.toRecover()).isNull();
    assertThat(figures.toResolve()).isEqualTo(Duration.ofMinutes(18));
    assertThat(figures.leadOverStatusPage()).isEqualTo(Duration.ofMinutes(12));
    assertThat(figures.last()).isTrue();
  }

  @Test
  void thePspMayHaveSpokenFirst() {
    assertThat(Figures.of(incident().setNoticedAt(minute(1)).build(), LOG).leadOverStatusPage())
        .isEqualTo(Duration.ofMinutes(-1));
  }

  @Test
  void aLaterEpisodeCountsFromItsReturn() {
    Figures figures =
        Figures.of(
            incident().setEpisode(2).setAcknowledgedAt(minute(45)).build(),
            List.of(entry(40, IncidentEvent.REOPENED, "tillwatch", "episode 2")));

    assertThat(figures.toDetect()).isNull();
    assertThat(figures.toAcknowledge()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aPostmortemHasEverySectionAndNothingOfOthersIsMarkup() {
    String draft = Postmortem.of(incident().setTitle("a | b <script> **x**").build(), LOG);

    assertThat(draft.lines().filter(line -> line.startsWith("#")))
        .containsExactly(
            "# Postmortem of INC-A",
            "## Summary",
            "## Impact",
            "## Timeline (UTC)",
            "## What was seen",
            "## What it may have been",
            "## What was done, by whom",
            "## What was held back",
            "## Open questions",
            "## Follow-ups");
    assertThat(draft)
        .contains("a \\| b \\<script\\> \\*\\*x\\*\\*.")
        .contains("| Detected to acknowledged | 4 min 00 s |")
        .contains("| 2026-11-18 03:08:00 | acknowledged | ada | acknowledged by ada |")
        .contains("moved to \\<b\\>southpay\\</b\\> \\| \\[x\\](y)")
        .contains("- **E1** (root_cell, 2026-11-18 03:03:10, from b1): 200 of 800 approved")
        .contains("Ahead of the PSP's status page | 12 min 00 s")
        .contains("- What was the cause? Nobody has confirmed it yet.")
        .doesNotContain("<script>")
        .doesNotContain("<b>");
  }

  @Test
  void spansReadAsPeopleSayThem() {
    assertThat(Postmortem.words(null)).isEqualTo("–");
    assertThat(Postmortem.words(Duration.ofSeconds(42))).isEqualTo("42 s");
    assertThat(Postmortem.words(Duration.ofSeconds(-62))).isEqualTo("−1 min 02 s");
    assertThat(Postmortem.words(Duration.ofMinutes(63))).isEqualTo("1 h 03 min");
  }

  @Test
  void noTextBecomesMarkupHoweverItBegins() {
    assertThat(Markdown.text("1. one")).isEqualTo("1\\. one");
    assertThat(Markdown.text("- one\n# two")).isEqualTo("\\- one # two");
    assertThat(Markdown.text("see https://evil.example and a@b"))
        .isEqualTo("see https\\://evil.example and a\\@b");
    assertThat(Markdown.text("&lt;b&gt; `x` ~~y~~"))
        .isEqualTo("\\&lt;b\\&gt; \\`x\\` \\~\\~y\\~\\~");
  }
}
