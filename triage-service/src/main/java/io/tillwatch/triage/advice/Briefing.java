package io.tillwatch.triage.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.RunbookSection;
import io.tillwatch.triage.hypothesis.Merge;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;

/**
 * What a model is shown: the incident, its evidence, the playbooks' hypotheses and the sections of
 * their runbooks, as compact JSON. Everything in it has gone through {@link Told}. What a
 * model said before is left out: it would agree with itself.
 */
final class Briefing {

  /** Characters of one briefing, about 6,000 tokens; what comes last is left out at the limit. */
  static final int CHARACTERS_MAX = 24 * 1024;

  /** Sections that say what it looks like, how to be sure and what to do first. */
  private static final Set<String> SECTIONS = Set.of("looks-like", "confirm", "first-moves");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Told told;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private int left;

  private Briefing(Told told, int charactersMax) {
    this.told = told;
    this.left = charactersMax;
  }

  /** The briefing on an incident. */
  static String of(Incident incident, RuleBook rules, Told told) {
    Briefing briefing = new Briefing(told, CHARACTERS_MAX);
    List<Hypothesis> playbooks = Merge.ofPlaybooks(incident.getHypotheses());
    briefing.root.set("incident", briefing.taken(alone(incident)));
    briefing.list("evidence", incident.getEvidence());
    briefing.list("playbookHypotheses", playbooks);
    briefing.list("runbookSections", sections(playbooks, rules));
    return written(briefing.root);
  }

  /** The answer of a tool: these records, as far as they fit. */
  static String answer(
      Collection<? extends IndexedRecord> found, Told told, int charactersMax) {
    Briefing briefing = new Briefing(told, charactersMax);
    briefing.list("found", found);
    return written(briefing.root);
  }

  /** The incident without what is shown beside it, or is no business of a model. */
  static Incident alone(Incident incident) {
    return Incident.newBuilder(incident)
        .setEvidence(List.of())
        .setHypotheses(List.of())
        .setLinks(Map.of())
        .setRoutes(Map.of())
        .setTicket(null)
        .setSuppressions(List.of())
        .build();
  }

  /** The sections that playbooks cite, each with those beside it. */
  private static List<RunbookSection> sections(List<Hypothesis> playbooks, RuleBook rules) {
    Set<String> pages = new LinkedHashSet<>();
    playbooks.forEach(each -> pages.add(each.getRunbookPassage().replaceFirst("#.*", "")));
    List<RunbookSection> sections = new ArrayList<>();
    for (String page : pages) {
      Runbook runbook = rules.runbooks().get(page);
      if (runbook != null) {
        of(runbook).filter(Briefing::isShown).forEach(sections::add);
      }
    }
    return sections;
  }

  private static boolean isShown(RunbookSection section) {
    String passage = section.getPassage();
    return SECTIONS.contains(passage.substring(passage.indexOf('#') + 1));
  }

  /** The sections of a runbook as records. */
  static Stream<RunbookSection> of(Runbook runbook) {
    return runbook.sections().stream()
        .map(section ->
            new RunbookSection(section.idIn(runbook.name()), runbook.title(), section.text()));
  }

  private void list(String name, Collection<? extends IndexedRecord> records) {
    ArrayNode list = root.putArray(name);
    for (IndexedRecord record : records) {
      ObjectNode disclosed = taken(record);
      if (!disclosed.isEmpty()) {
        list.add(disclosed);
      }
    }
  }

  private ObjectNode taken(IndexedRecord record) {
    return told.of(record, this::fits);
  }

  private boolean fits(ObjectNode disclosed) {
    int characters = written(disclosed).length();
    if (characters > left) {
      return false;
    }
    left -= characters;
    return true;
  }

  private static String written(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
