package io.tillwatch.triage.advice;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.triage.hypothesis.Approval;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What holds of a model's answer, against the incident as it was shown. Lives for one answer.
 *
 * <p>A hypothesis stays when its words are words, its class exists, all it cites exists and speaks
 * of the same things, every number in it is a number of what it cites, and it is sure enough once
 * its confidence is calibrated and held down to what its evidence bears. Its step stays when it
 * comes from a section of a runbook, and is marked when somebody has to approve of it.
 */
final class Checks {

  /** Hypotheses of one answer that are kept. */
  static final int KEPT_MAX = 4;

  /** Below this a model is taken to abstain. */
  static final double CONFIDENCE_MIN = 0.1;

  static final int STATEMENT_MAX = 400;
  static final int STEP_MAX = 300;
  private static final int NAME_MAX = 64;

  /** Shorter words are in every sentence. */
  private static final int TELLING_WORD_MIN = 4;

  private static final Set<String> COMMON =
      Set.of(
          """
          after against also another average before been cause causes does down each events
          evidence expected from have hour into least less many minute minutes more most
          only other over says shows since some that than their them there they this times
          well were when which with write
          """
              .strip()
              .split("\\s+"));

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}]+");

  private static final Comparator<Hypothesis> LIKELIEST_FIRST =
      Comparator.comparingDouble(Hypothesis::getConfidence).reversed();

  private final Incident incident;
  private final RuleBook rules;
  private final Calibration calibration;
  private final String author;
  private final Wording wording = new Wording();
  private final Map<String, Evidence> evidence;
  private final Map<String, String> passages = new HashMap<>();
  private final Map<Objection, Integer> objections = new EnumMap<>(Objection.class);

  Checks(Incident incident, RuleBook rules, Calibration calibration, String author) {
    this.incident = incident;
    this.rules = rules;
    this.calibration = calibration;
    this.author = author;
    this.evidence =
        incident.getEvidence().stream()
            .collect(
                Collectors.toMap(
                    Evidence::getEvidenceId, piece -> piece, (a, b) -> a, LinkedHashMap::new));
    rules
        .runbooks()
        .values()
        .forEach(runbook ->
            runbook
                .sections()
                .forEach(section -> passages.put(section.idIn(runbook.name()), section.text())));
  }

  Checked of(Answer answer) {
    List<Hypothesis> kept = new ArrayList<>();
    for (Answer.Cause cause : answer.causes()) {
      try {
        kept.add(checked(cause));
      } catch (Discarded discarded) {
        count(discarded.objection, 1);
      }
    }
    count(Objection.TOO_MANY, answer.left());
    return new Checked(ranked(kept), objections);
  }

  /** Of one class the likeliest; causes without a class stand for themselves. */
  private List<Hypothesis> ranked(List<Hypothesis> kept) {
    kept.sort(LIKELIEST_FIRST);
    List<Hypothesis> ranked = new ArrayList<>();
    Set<IncidentClass> classes = EnumSet.noneOf(IncidentClass.class);
    for (Hypothesis each : kept) {
      IncidentClass named = each.getIncidentClass();
      if (named != IncidentClass.UNKNOWN && !classes.add(named)) {
        count(Objection.SAME_CLASS, 1);
      } else if (ranked.size() == KEPT_MAX) {
        count(Objection.TOO_MANY, 1);
      } else {
        ranked.add(Hypothesis.newBuilder(each).setRank(ranked.size() + 1).build());
      }
    }
    return ranked;
  }

  private void count(Objection objection, int more) {
    if (more > 0) {
      objections.merge(objection, more, Integer::sum);
    }
  }

  private Hypothesis checked(Answer.Cause cause) throws Discarded {
    String statement = wording.clean(cause.statement(), STATEMENT_MAX);
    require(statement.chars().anyMatch(Character::isLetter), Objection.NO_STATEMENT);
    require(!cause.evidenceFor().isEmpty(), Objection.NO_EVIDENCE);
    List<Evidence> evidenceFor = existing(cause.evidenceFor());
    List<Evidence> evidenceAgainst = existing(cause.evidenceAgainst());
    IncidentClass incidentClass = incidentClass(cause.incidentClass());
    List<Evidence> cited = new ArrayList<>(evidenceFor);
    cited.addAll(evidenceAgainst);
    Figures figures = Figures.of(cited, names(cited));
    require(figures.account(statement), Objection.UNFOUND_NUMBER);
    require(sharesAWord(statement, telling(cited)), Objection.UNGROUNDED);
    double confidence =
        Math.min(calibration.worth(cause.confidence()), Strength.of(evidenceFor, evidenceAgainst));
    require(confidence >= CONFIDENCE_MIN, Objection.TOO_UNSURE);
    Hypothesis.Builder hypothesis =
        Hypothesis.newBuilder()
            .setRank(1)
            .setIncidentClass(incidentClass)
            .setOwner(owner(cause.owner(), incidentClass))
            .setStatement(statement)
            .setEvidenceFor(ids(evidenceFor))
            .setEvidenceAgainst(ids(evidenceAgainst))
            .setCheck(check(cause.check(), figures))
            .setConfidence(Math.round(confidence * 100) / 100.0)
            .setAuthor(author);
    step(hypothesis, cause, figures);
    return hypothesis.build();
  }

  private List<Evidence> existing(List<String> ids) throws Discarded {
    List<Evidence> pieces = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      Evidence piece = evidence.get(id);
      if (piece == null) {
        throw new Discarded(Objection.UNKNOWN_EVIDENCE);
      }
      pieces.add(piece);
    }
    return pieces;
  }

  private static List<String> ids(List<Evidence> pieces) {
    return pieces.stream().map(Evidence::getEvidenceId).toList();
  }

  private IncidentClass incidentClass(String named) throws Discarded {
    if (named.isEmpty()) {
      return IncidentClass.UNKNOWN;
    }
    String name = wording.name(named, NAME_MAX);
    return Arrays.stream(IncidentClass.values())
        .filter(each -> name.equalsIgnoreCase(each.name()))
        .findFirst()
        .orElseThrow(() -> new Discarded(Objection.UNKNOWN_CLASS));
  }

  /** An owner there is not is that of the class. */
  private Owner owner(String named, IncidentClass incidentClass) {
    String name = wording.name(named, NAME_MAX);
    return Arrays.stream(Owner.values())
        .filter(each -> name.equalsIgnoreCase(each.name()))
        .findFirst()
        .orElseGet(() -> {
          Cause cause = Cause.valueOf(incidentClass.name());
          return Owner.valueOf(rules.playbooks().of(cause).owner().name());
        });
  }

  /** Evidence ids, places of the incident and its times are names and no figures. */
  private Set<String> names(List<Evidence> cited) {
    Set<String> names = new HashSet<>(evidence.keySet());
    incident.getRootCells().forEach(cell -> names.addAll(cell.getSlice().values()));
    addTimes(names, incident.getStartedAt());
    cited.forEach(piece -> addTimes(names, piece.getAt()));
    return names;
  }

  private static void addTimes(Set<String> names, Instant at) {
    String time = at.atZone(ZoneOffset.UTC).toLocalTime().toString();
    names.add(time.substring(0, 5));
    names.add(at.atZone(ZoneOffset.UTC).toLocalDate().toString());
  }

  private static Set<String> telling(List<Evidence> cited) {
    Set<String> words = new HashSet<>();
    for (Evidence piece : cited) {
      words.addAll(words(piece.getStatement()));
      piece.getSlice().values().forEach(value -> words.addAll(words(value)));
    }
    return words;
  }

  private static Set<String> words(String text) {
    return NO_WORD
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> word.length() >= TELLING_WORD_MIN && !COMMON.contains(word))
        .collect(Collectors.toSet());
  }

  private static boolean sharesAWord(String text, Set<String> telling) {
    return words(text).stream().anyMatch(telling::contains);
  }

  private String check(String said, Figures figures) {
    String check = wording.clean(said, STEP_MAX);
    if (figures.account(check)) {
      return check;
    }
    count(Objection.CHECK_WITH_UNFOUND_NUMBER, 1);
    return "";
  }

  /** A step is not the model's to invent: it says what a runbook says there. */
  private void step(Hypothesis.Builder hypothesis, Answer.Cause cause, Figures figures) {
    String step = wording.clean(cause.nextStep(), STEP_MAX);
    if (step.isEmpty()) {
      return;
    }
    String passage = passages.get(cause.passage());
    if (passage == null
        || !sharesAWord(step, words(passage))
        || !figures.and(passage).account(step)) {
      count(Objection.STEP_WITHOUT_PASSAGE, 1);
      return;
    }
    hypothesis
        .setNextStep(step)
        .setRunbookPassage(cause.passage())
        .setNeedsApproval(Approval.isNeededFor(step));
  }

  private static void require(boolean holds, Objection otherwise) throws Discarded {
    if (!holds) {
      throw new Discarded(otherwise);
    }
  }

  /** A hypothesis does not hold. */
  private static final class Discarded extends Exception {

    private static final long serialVersionUID = 1L;

    private final Objection objection;

    Discarded(Objection objection) {
      super(objection.label());
      this.objection = objection;
    }
  }
}
