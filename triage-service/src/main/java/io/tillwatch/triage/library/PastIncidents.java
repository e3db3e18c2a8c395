package io.tillwatch.triage.library;

import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.phrase.Phrases;
import io.tillwatch.triage.view.IncidentView;
import io.tillwatch.triage.wire.Texts;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Incidents whose class and cause somebody confirmed, a page each: what it was, what was done. */
final class PastIncidents implements Source {

  private static final String SECTION = "What it was and what was done";

  /** Lines of one incident's log; the latest are the ones that helped. */
  private static final int LINES_MAX = 8;

  private static final int LINE_CHARACTERS_MAX = 300;

  /** What people did and said. */
  private static final Set<IncidentEvent> TOLD =
      EnumSet.of(IncidentEvent.MITIGATED, IncidentEvent.NOTED, IncidentEvent.REVIEWED);

  private final IncidentView view;
  private long version = -1;
  private List<Page> pages = List.of();

  PastIncidents(IncidentView view) {
    this.view = view;
  }

  @Override
  public synchronized List<Page> pages() {
    long now = view.version();
    if (now != version) {
      List<Page> reviewed = view.in(IncidentState.REVIEWED).stream().map(this::page).toList();
      version = now;
      pages = reviewed.equals(pages) ? pages : reviewed;
    }
    return pages;
  }

  private Page page(Incident incident) {
    String id = incident.getIncidentId();
    String title = Texts.line(incident.getTitle(), LINE_CHARACTERS_MAX);
    String text =
        Stream.concat(
                Stream.of(
                    "Class: " + Phrases.label(incident.getIncidentClass()),
                    "Cause: " + Texts.line(incident.getConfirmedCause(), LINE_CHARACTERS_MAX)),
                told(id))
            .map(line -> "* " + line)
            .collect(Collectors.joining("\n"));
    return new Page(
        id,
        title,
        Phrases.label(incident.getIncidentClass()),
        "",
        List.of(new Passage(id, title, SECTION, text)));
  }

  private Stream<String> told(String id) {
    List<String> lines =
        view.log(id).stream()
            .filter(entry -> TOLD.contains(entry.getEvent()))
            .map(IncidentLogEntry::getText)
            .map(text -> Texts.line(text, LINE_CHARACTERS_MAX))
            .toList();
    return lines.stream().skip(Math.max(0, lines.size() - LINES_MAX));
  }
}
