package io.tillwatch.triage.advice;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.RunbookSection;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.triage.model.Prompt.Tool;
import io.tillwatch.triage.model.Prompt.ToolCall;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a model may look up: read-only, within the process, about one incident.
 *
 * <p>At most {@link #CALLS_MAX} calls of {@link #ANSWER_CHARACTERS_MAX} characters each; further
 * ones, and tools that there are not, are answered with a sentence. Each is logged by name and
 * size.
 */
final class Lookups {

  /** Calls that are answered. */
  static final int CALLS_MAX = 6;

  /** Characters of one answer. */
  static final int ANSWER_CHARACTERS_MAX = 6 * 1024;

  private static final int ARGUMENTS_CHARACTERS_MAX = 2_048;
  private static final int QUERY_CHARACTERS_MAX = 200;
  private static final int INCIDENTS_MAX = 5;
  private static final int SECTIONS_MAX = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Lookups.class);

  /** What there is to look up. */
  private enum Subject {
    CELLS("Figures of the cells that fail, and of their neighbours that do well.", Map.of()),
    DECLINE_MIX("Which decline reasons rose or fell, with their shares.", Map.of()),
    STATUS("What the PSPs' own status pages say of this time and place.", Map.of()),
    CHANGES("What was deployed or configured in this place shortly before.", Map.of()),
    SIMILAR_INCIDENTS("Other incidents of the same class or PSP, and how they ended.", Map.of()),
    RUNBOOKS(
        "Sections of runbooks that speak of something.",
        Map.of("query", "words to look for, for example: webhook certificate expired"));

    private final Tool tool;

    Subject(String description, Map<String, String> parameters) {
      this.tool = new Tool(name().toLowerCase(Locale.ROOT), description, parameters);
    }
  }

  private final Incident incident;
  private final Surroundings around;
  private final RuleBook rules;
  private final Function<String, List<String>> passages;
  private final Told told;
  private int calls;

  /**
   * Lookups for one conversation.
   *
   * @param passages ids of what speaks of some words, the best first
   */
  Lookups(
      Incident incident,
      Surroundings around,
      RuleBook rules,
      Function<String, List<String>> passages,
      Told told) {
    this.incident = incident;
    this.around = around;
    this.rules = rules;
    this.passages = passages;
    this.told = told;
  }

  /** The tools as a prompt offers them. */
  static List<Tool> tools() {
    return Arrays.stream(Subject.values()).map(subject -> subject.tool).toList();
  }

  /** What a tool says. */
  String answer(ToolCall call) {
    calls++;
    if (calls > CALLS_MAX) {
      return said(call, "nothing more is looked up");
    }
    return Arrays.stream(Subject.values())
        .filter(subject -> subject.tool.name().equals(call.name()))
        .findFirst()
        .map(subject ->
            said(call, Briefing.answer(found(subject, call), told, ANSWER_CHARACTERS_MAX)))
        .orElseGet(() -> said(call, "there is no such tool"));
  }

  /** The name is the model's word and not logged unless it is one of ours. */
  private String said(ToolCall call, String answer) {
    boolean known = tools().stream().anyMatch(tool -> tool.name().equals(call.name()));
    LOG.info(
        "{}: looked up {}, {} characters",
        incident.getIncidentId(),
        known ? call.name() : "what there is not",
        answer.length());
    return answer;
  }

  private List<? extends IndexedRecord> found(Subject subject, ToolCall call) {
    return switch (subject) {
      case CELLS ->
          Stream.concat(
                  incident.getRootCells().stream(),
                  evidence(
                      EvidenceKind.ROOT_CELL,
                      EvidenceKind.HEALTHY_SIBLING,
                      EvidenceKind.VOLUME,
                      EvidenceKind.TECHNICAL_SHARE,
                      EvidenceKind.LATENCY,
                      EvidenceKind.RETRIES)
                      .stream())
              .toList();
      case DECLINE_MIX -> evidence(EvidenceKind.REASON_SHIFT);
      case STATUS -> evidence(EvidenceKind.STATUS_PAGE);
      case CHANGES -> evidence(EvidenceKind.CHANGE);
      case SIMILAR_INCIDENTS -> similar();
      case RUNBOOKS -> sections(query(call));
    };
  }

  private List<Evidence> evidence(EvidenceKind first, EvidenceKind... more) {
    Set<EvidenceKind> kinds = EnumSet.of(first, more);
    return incident.getEvidence().stream()
        .filter(piece -> kinds.contains(piece.getKind()))
        .toList();
  }

  private List<Incident> similar() {
    return around.others().stream()
        .filter(other -> !other.getIncidentId().equals(incident.getIncidentId()))
        .filter(other ->
            other.getIncidentClass() == incident.getIncidentClass()
                || (!psp(other).isEmpty() && psp(other).equals(psp(incident))))
        .limit(INCIDENTS_MAX)
        .map(Briefing::alone)
        .toList();
  }

  private static String psp(Incident incident) {
    return incident.getRootCells().isEmpty()
        ? ""
        : incident.getRootCells().getFirst().getSlice().getOrDefault(Dimension.PSP.label(), "");
  }

  private static String query(ToolCall call) {
    String arguments = call.arguments();
    if (arguments.length() > ARGUMENTS_CHARACTERS_MAX) {
      return "";
    }
    try {
      JsonNode query = BoundedJson.object(arguments.getBytes(StandardCharsets.UTF_8)).path("query");
      return Texts.line(query, QUERY_CHARACTERS_MAX);
    } catch (BoundedJson.Unreadable e) {
      return "";
    }
  }

  /** Of what is found only runbooks: a step is to come from one. */
  private List<RunbookSection> sections(String query) {
    Map<String, RunbookSection> known =
        rules.runbooks().values().stream()
            .flatMap(Briefing::of)
            .collect(Collectors.toMap(RunbookSection::getPassage, section -> section));
    return passages.apply(query).stream()
        .flatMap(id -> Stream.ofNullable(known.get(id)))
        .limit(SECTIONS_MAX)
        .toList();
  }
}
