package io.tillwatch.triage.jira;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.hypothesis.Merge;
import io.tillwatch.triage.jira.TicketText.Block;
import io.tillwatch.triage.jira.TicketText.Bullets;
import io.tillwatch.triage.jira.TicketText.Heading;
import io.tillwatch.triage.jira.TicketText.Paragraph;
import io.tillwatch.triage.jira.TicketText.Run;
import io.tillwatch.triage.phrase.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a ticket tells: where and how bad, what may be the cause, what was seen. Pure. */
final class TicketStory {

  private static final int HYPOTHESES_MAX = 3;

  /** Details by name in the order of the question they answer, with what people call them. */
  private static final Map<String, String> DETAILS = new LinkedHashMap<>();

  static {
    DETAILS.put("where", "Where");
    DETAILS.put("class", "What broke");
    DETAILS.put("owner", "Whose it is");
    DETAILS.put("state", "State");
    DETAILS.put("started", "Since");
    DETAILS.put("detected", "Found");
    DETAILS.put("approvalsLost", "Approvals lost");
    DETAILS.put("amountAtRisk", "Amount at risk");
  }

  private TicketStory() {}

  /**
   * The description of a new issue.
   *
   * @param evidence whether what was seen is told here
   */
  static TicketText description(Action action, Optional<Incident> incident, boolean evidence) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(List.of(Run.strong(action.getSummary()))));
    List<List<Run>> points = new ArrayList<>();
    DETAILS.forEach((name, shown) -> {
      String value = action.getDetails().get(name);
      if (value != null) {
        points.add(List.of(Run.strong(shown + ": "), Run.plain(value)));
      }
    });
    addList(blocks, points);
    causes(blocks, action, incident);
    if (evidence) {
      incident.ifPresent(known -> seen(blocks, known));
    }
    links(blocks, action);
    blocks.add(source(action));
    return new TicketText(blocks);
  }

  /** A comment: what is new. */
  static TicketText comment(Action action) {
    return new TicketText(
        List.of(new Paragraph(List.of(Run.plain(action.getSummary()))), source(action)));
  }

  private static void causes(List<Block> blocks, Action action, Optional<Incident> incident) {
    List<List<Run>> points = new ArrayList<>();
    incident.map(Incident::getHypotheses).orElse(List.of()).stream()
        .limit(HYPOTHESES_MAX)
        .forEach(hypothesis -> points.add(cause(hypothesis)));
    if (points.isEmpty() && action.getDetails().containsKey("hypothesis")) {
      points.add(List.of(Run.plain(action.getDetails().getOrDefault("hypothesis", ""))));
    }
    if (points.isEmpty()) {
      return;
    }
    blocks.add(new Heading("What may be the cause"));
    addList(blocks, points);
    step(blocks, "To check: ", action.getDetails().getOrDefault("check", ""));
    step(blocks, "To do first: ", action.getDetails().getOrDefault("next", ""));
  }

  private static List<Run> cause(Hypothesis hypothesis) {
    String cites =
        hypothesis.getEvidenceFor().isEmpty()
            ? ""
            : " (" + String.join(", ", hypothesis.getEvidenceFor()) + ")";
    return List.of(
        Run.strong(Phrases.percent(hypothesis.getConfidence()) + " "),
        Run.plain(hypothesis.getStatement() + cites + by(hypothesis)));
  }

  private static String by(Hypothesis hypothesis) {
    return hypothesis.getAuthor().equals(Merge.PLAYBOOK)
        ? ""
        : ", says the model " + hypothesis.getAuthor();
  }

  private static void step(List<Block> blocks, String name, String text) {
    if (!text.isBlank()) {
      blocks.add(new Paragraph(List.of(Run.strong(name), Run.plain(text))));
    }
  }

  private static void seen(List<Block> blocks, Incident incident) {
    List<List<Run>> points = new ArrayList<>();
    for (Evidence piece : incident.getEvidence()) {
      points.add(List.of(Run.strong(piece.getEvidenceId() + " "), Run.plain(piece.getStatement())));
    }
    if (!points.isEmpty()) {
      blocks.add(new Heading("What was seen"));
      addList(blocks, points);
    }
  }

  private static void links(List<Block> blocks, Action action) {
    List<List<Run>> points = new ArrayList<>();
    action.getLinks().forEach((name, href) -> points.add(List.of(Run.link(name, href))));
    if (!points.isEmpty()) {
      blocks.add(new Heading("Where to look"));
      addList(blocks, points);
    }
  }

  /** Who wrote it and why: a person can find the action in Tillwatch's log by it. */
  private static Paragraph source(Action action) {
    return new Paragraph(List.of(Run.plain("Tillwatch · " + action.getActionId())));
  }

  private static void addList(List<Block> blocks, List<List<Run>> points) {
    if (!points.isEmpty()) {
      blocks.add(new Bullets(points));
    }
  }
}
