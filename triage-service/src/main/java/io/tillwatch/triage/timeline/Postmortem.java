package io.tillwatch.triage.timeline;

import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.triage.phrase.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The draft of a postmortem as Markdown: what the record says, in the order people read it, and
 * blanks where only they know. Nothing that others wrote is markup in it.
 */
public final class Postmortem {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String DASH = "–";
  private static final Set<String> BY_PEOPLE =
      Set.of("acknowledged", "mitigated", "resolved", "reviewed", "merged", "split", "noted");

  private final Incident incident;
  private final Figures figures;
  private final Timeline timeline;
  private final StringBuilder out = new StringBuilder();

  private Postmortem(Incident incident, List<IncidentLogEntry> log) {
    this.incident = incident;
    this.figures = Figures.of(incident, log);
    this.timeline = Timeline.of(incident, log);
  }

  /**
   * The draft.
   *
   * @param log the incident's log, oldest first
   */
  public static String of(Incident incident, List<IncidentLogEntry> log) {
    Postmortem postmortem = new Postmortem(incident, log);
    postmortem.summary();
    postmortem.impact();
    postmortem.timeline();
    postmortem.seen();
    postmortem.hypotheses();
    postmortem.done();
    postmortem.suppressions();
    postmortem.open();
    return postmortem.out.toString();
  }

  private void summary() {
    line("# Postmortem of %s".formatted(text(incident.getIncidentId())));
    line("");
    line("*Draft from the record; complete it, above all where it says so.*");
    line("");
    line("## Summary");
    line("");
    line(text(incident.getTitle()) + ".");
    line("");
    bullet("Severity", Phrases.label(incident.getSeverity()));
    bullet("State", Phrases.label(incident.getState()));
    bullet("Class", Phrases.label(incident.getIncidentClass()) + confirmed());
    bullet("Owner", Phrases.label(incident.getOwner()));
    bullet("Episodes", Integer.toString(incident.getEpisode()));
    bullet("Confirmed cause", orDash(incident.getConfirmedCause()));
    bullet("Ticket", orDash(incident.getTicket()));
    if (incident.getRecurrenceOf() != null) {
      bullet("Like", incident.getRecurrenceOf() + " before it");
    }
    line("");
  }

  private String confirmed() {
    return incident.getState() == IncidentState.REVIEWED ? " (confirmed)" : " (not confirmed)";
  }

  private void impact() {
    line("## Impact");
    line("");
    line("| Figure | Value |");
    line("|---|---|");
    row("Where", Phrases.places(incident.getRootCells()));
    row("Approvals lost" + sofar(), Phrases.number(figures.approvalsLost()));
    row("Amount at risk" + sofar(), orDash(Phrases.amounts(figures.amountAtRisk())));
    row("Onset to detected", words(figures.toDetect()));
    row("Detected to paged", words(figures.toPage()));
    row("Detected to acknowledged", words(figures.toAcknowledge()));
    row("Detected to mitigated", words(figures.toMitigate()));
    row("Detected to recovering", words(figures.toRecover()));
    row("Detected to resolved", words(figures.toResolve()));
    row("Ahead of the PSP's status page", words(figures.leadOverStatusPage()));
    line("");
  }

  private String sofar() {
    return figures.last() ? "" : " so far";
  }

  private void timeline() {
    line("## Timeline (UTC)");
    line("");
    line("| At | What | Who | |");
    line("|---|---|---|---|");
    for (Timeline.Moment moment : timeline.moments()) {
      line(
          "| %s | %s | %s | %s |"
              .formatted(
                  time(moment.at()), text(moment.what()), text(moment.who()), text(moment.text())));
    }
    line("");
  }

  private void seen() {
    line("## What was seen");
    line("");
    for (Evidence evidence : incident.getEvidence()) {
      line(
          "- **%s** (%s, %s, from %s): %s"
              .formatted(
                  text(evidence.getEvidenceId()),
                  text(Phrases.label(evidence.getKind())),
                  time(evidence.getAt()),
                  text(evidence.getSource()),
                  text(evidence.getStatement())));
    }
    line(incident.getEvidence().isEmpty() ? "Nothing is on record.\n" : "");
  }

  private void hypotheses() {
    line("## What it may have been");
    line("");
    for (Hypothesis each : incident.getHypotheses()) {
      line(
          "%d. %s (%s, owner %s, confidence %s, by %s). For it: %s. Against it: %s. Check: %s"
              .formatted(
                  each.getRank(),
                  text(each.getStatement()),
                  text(Phrases.label(each.getIncidentClass())),
                  text(Phrases.label(each.getOwner())),
                  text(Phrases.percent(each.getConfidence())),
                  text(each.getAuthor()),
                  ids(each.getEvidenceFor()),
                  ids(each.getEvidenceAgainst()),
                  text(orDash(each.getCheck()))));
      advised(each);
    }
    line(incident.getHypotheses().isEmpty() ? "Nothing is on record.\n" : "");
  }

  private void advised(Hypothesis hypothesis) {
    Double alone = hypothesis.getPlaybookConfidence();
    if (!hypothesis.getAdviser().isEmpty() && alone != null) {
      line(
          "   - Playbooks alone: %s. %s says: %s"
              .formatted(
                  text(Phrases.percent(alone)),
                  text(hypothesis.getAdviser()),
                  text(hypothesis.getRemark())));
    }
    if (!hypothesis.getNextStep().isEmpty()) {
      line(
          "   - First step%s: %s (%s)"
              .formatted(
                  hypothesis.getNeedsApproval() ? ", needs approval" : "",
                  text(hypothesis.getNextStep()),
                  text(orDash(hypothesis.getRunbookPassage()))));
    }
  }

  private void done() {
    line("## What was done, by whom");
    line("");
    List<Timeline.Moment> done =
        timeline.moments().stream()
            .filter(moment -> BY_PEOPLE.contains(moment.what()))
            .filter(moment -> !moment.who().equals("tillwatch"))
            .toList();
    done.forEach(moment ->
        line("- %s %s: %s".formatted(time(moment.at()), text(moment.who()), text(moment.text()))));
    line(done.isEmpty() ? "Nobody did anything that is on record.\n" : "");
  }

  private void suppressions() {
    line("## What was held back");
    line("");
    for (Suppression each : incident.getSuppressions()) {
      line(
          "- %s %s, since %s until %s, %d not sent: %s"
              .formatted(
                  text(Phrases.label(each.getKind())),
                  text(each.getName()),
                  time(each.getSince()),
                  each.getUntil() == null ? "now" : time(each.getUntil()),
                  each.getSwallowed(),
                  text(orDash(each.getReason()))));
    }
    line(incident.getSuppressions().isEmpty() ? "Nothing.\n" : "");
  }

  private void open() {
    line("## Open questions");
    line("");
    if (incident.getConfirmedCause().isEmpty()) {
      line("- What was the cause? Nobody has confirmed it yet.");
    }
    if (figures.toMitigate() == null) {
      line("- What stopped the loss, and when? Nobody has said so.");
    }
    Duration lead = figures.leadOverStatusPage();
    if (lead == null) {
      line("- Did the PSP know? Its status page did not speak of it, or nobody reads it.");
    } else if (lead.isNegative()) {
      line("- The PSP's status page spoke first: could it have been found earlier?");
    }
    line("- What went well, what did not, where were we lucky?");
    line("");
    line("## Follow-ups");
    line("");
    line("| What | Who | Until |");
    line("|---|---|---|");
    line("| | | |");
  }

  private void bullet(String name, String value) {
    line("- **%s:** %s".formatted(name, text(value)));
  }

  private void row(String name, String value) {
    line("| %s | %s |".formatted(name, text(value)));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String ids(List<String> ids) {
    return ids.isEmpty() ? DASH : text(String.join(", ", ids));
  }

  private static String text(String foreign) {
    return Markdown.text(foreign);
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }

  private static String orDash(@Nullable String text) {
    return text == null || text.isBlank() ? DASH : text;
  }

  /** A span as people say it, for example {@code 1 h 03 min}. */
  static String words(@Nullable Duration span) {
    if (span == null) {
      return DASH;
    }
    Duration length = span.abs();
    String sign = span.isNegative() ? "−" : "";
    if (length.toMinutes() < 1) {
      return "%s%d s".formatted(sign, length.toSeconds());
    }
    return length.toHours() < 1
        ? "%s%d min %02d s".formatted(sign, length.toMinutes(), length.toSecondsPart())
        : "%s%d h %02d min".formatted(sign, length.toHours(), length.toMinutesPart());
  }
}
