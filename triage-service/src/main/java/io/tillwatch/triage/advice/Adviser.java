package io.tillwatch.triage.advice;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.triage.gateway.policy.Disclosure;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Prompt.Asked;
import io.tillwatch.triage.model.Prompt.Purpose;
import io.tillwatch.triage.model.Prompt.Tool;
import io.tillwatch.triage.model.Prompt.ToolAnswered;
import io.tillwatch.triage.model.Prompt.ToolCall;
import io.tillwatch.triage.model.Prompt.ToolsAsked;
import io.tillwatch.triage.model.Prompt.Turn;
import io.tillwatch.triage.model.Reply;
import io.tillwatch.triage.wire.StableId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a model about an incident, and says what of its answer holds.
 *
 * <p>At most {@link #CALLS_MAX} calls: the first may ask for tools, the second has to answer. Pure
 * but for the model: no clock, no Kafka, nothing remembered between calls. Thread-safe if the model
 * is. Whatever the model says or does there is an {@link Advice}; its outcome says of what kind.
 */
public final class Adviser {

  /** Calls of the model per advice. */
  public static final int CALLS_MAX = 2;

  /** Version of the prompt; a changed prompt is another file with the next number. */
  public static final String PROMPT = "hypotheses-v1";

  /** Detail of an advice that failed by a fault of ours. */
  private static final String BROKEN = "broken";

  private static final int OUTPUT_TOKENS_MAX = 1_500;
  private static final int AUTHOR_MAX = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Adviser.class);

  private final Model model;
  private final Function<IndexedRecord, Disclosure> policy;
  private final Supplier<RuleBook> rules;
  private final Function<String, List<String>> passages;
  private final Calibration calibration = Calibration.shipped();
  private final String system = Resource.text("prompts/" + PROMPT + ".md");

  /**
   * An adviser.
   *
   * @param policy what may be said of a record
   * @param rules asked for anew each time: they change while it works
   * @param passages ids of what speaks of some words, the best first
   */
  public Adviser(
      Model model,
      Function<IndexedRecord, Disclosure> policy,
      Supplier<RuleBook> rules,
      Function<String, List<String>> passages) {
    this.model = model;
    this.policy = policy;
    this.rules = rules;
    this.passages = passages;
  }

  /** What the model makes of an incident. */
  public Advice advise(Incident incident, Surroundings around, Instant at) {
    RuleBook book = rules.get();
    Told told = new Told(policy);
    Conversation talk = new Conversation(incident, Briefing.of(incident, book, told), told);
    Advice.Builder advice = begun(incident, at);
    try {
      String answer = talk.answer(new Lookups(incident, around, book, passages, told));
      Checked checked =
          new Checks(incident, book, calibration, author()).of(AnswerReader.read(answer));
      advice
          .setOutcome(
              checked.hypotheses().isEmpty() ? AdviceOutcome.ABSTAINED : AdviceOutcome.ADVISED)
          .setHypotheses(checked.hypotheses())
          .setDiscarded(byLabel(checked.objections()));
    } catch (ModelFailure failure) {
      advice
          .setOutcome(AdviceOutcome.NO_ANSWER)
          .setDetail(failure.reason().name().toLowerCase(Locale.ROOT));
    } catch (AnswerReader.Unreadable unreadable) {
      advice.setOutcome(AdviceOutcome.UNREADABLE).setDetail(unreadable.reason().label());
    } catch (RuntimeException broken) {
      // Its message may hold what the model said.
      LOG.error("{}: no advice: {}", incident.getIncidentId(), broken.getClass().getName());
      advice.setOutcome(AdviceOutcome.NO_ANSWER).setDetail(BROKEN);
    }
    talk.account(advice);
    Advice done = advice.build();
    LOG.info(
        "{}: {} {}, {} hypotheses, discarded {}",
        done.getAdviceId(),
        done.getOutcome(),
        done.getDetail(),
        done.getHypotheses().size(),
        done.getDiscarded());
    return done;
  }

  private Advice.Builder begun(Incident incident, Instant at) {
    return Advice.newBuilder()
        .setAdviceId("")
        .setIncidentId(incident.getIncidentId())
        .setTenant(incident.getTenant())
        .setEpisode(incident.getEpisode())
        .setRevision(incident.getRevision())
        .setAuthor(author())
        .setBasis(basis(incident))
        .setPromptVersion(PROMPT)
        .setAt(at);
  }

  private String author() {
    String name = model.name();
    return name.length() <= AUTHOR_MAX ? name : name.substring(0, AUTHOR_MAX);
  }

  /** What an advice rests on: the class and the pieces of evidence, whatever their figures. */
  public static String basis(Incident incident) {
    Stream<String> pieces = incident.getEvidence().stream().map(Evidence::getEvidenceId).sorted();
    return StableId.of(
        "basis",
        Stream.concat(Stream.of(incident.getIncidentClass().name()), pieces)
            .toArray(String[]::new));
  }

  private static Map<String, Integer> byLabel(Map<Objection, Integer> objections) {
    Map<String, Integer> byLabel = new TreeMap<>();
    objections.forEach((objection, count) -> byLabel.put(objection.label(), count));
    return byLabel;
  }

  /** One exchange with the model, and what it has cost so far. */
  private final class Conversation {

    private final Incident incident;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final String briefing;
    private final Told told;
    private int calls;

    Conversation(Incident incident, String briefing, Told told) {
      this.incident = incident;
      this.briefing = briefing;
      this.told = told;
      turns.add(new Asked(briefing));
    }

    /** The text of the last reply; empty when it holds none. */
    String answer(Lookups lookups) {
      Reply first = ask(Lookups.tools());
      if (first.toolCalls().isEmpty()) {
        return first.text();
      }
      List<ToolCall> wished = first.toolCalls().stream().limit(Lookups.CALLS_MAX).toList();
      turns.add(new ToolsAsked(wished));
      wished.forEach(call -> turns.add(new ToolAnswered(call, lookups.answer(call))));
      return ask(List.of()).text();
    }

    private Reply ask(List<Tool> tools) {
      calls++;
      String subject =
          "%s/%d/%d"
              .formatted(incident.getIncidentId(), incident.getEpisode(), incident.getRevision());
      Reply reply =
          model.ask(
              new Prompt(
                  Purpose.HYPOTHESES,
                  subject,
                  system,
                  turns,
                  tools,
                  OUTPUT_TOKENS_MAX,
                  told.fields()));
      replies.add(reply);
      return reply;
    }

    /** Writes down what was asked and what it cost; an advice is named after its prompt. */
    void account(Advice.Builder advice) {
      String hash =
          replies.isEmpty() || replies.getLast().promptHash().isEmpty()
              ? StableId.of("prompt", system, briefing)
              : replies.getLast().promptHash();
      advice
          .setPromptHash(hash)
          .setCalls(calls)
          .setInputTokens(replies.stream().mapToLong(Reply::inputTokens).sum())
          .setOutputTokens(replies.stream().mapToLong(Reply::outputTokens).sum())
          .setCostMicros(replies.stream().mapToLong(Reply::costMicros).sum())
          .setLatencyMillis(
              replies.stream().map(Reply::latency).reduce(Duration.ZERO, Duration::plus).toMillis())
          .setAdviceId(
              StableId.of(
                  "advice",
                  incident.getIncidentId(),
                  Integer.toString(incident.getEpisode()),
                  Integer.toString(incident.getRevision()),
                  hash));
    }
  }
}
