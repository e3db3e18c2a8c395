package io.tillwatch.triage.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.model.CallOutcome;
import io.tillwatch.schemas.model.CallStep;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.gateway.WireFormat.Usage;
import io.tillwatch.triage.gateway.policy.PromptPolicy;
import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.wire.Texts;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to a model. Thread-safe.
 *
 * <pre>
 *   body ─▶ redact ─▶ known? ─▶ place ─▶ breaker ─▶ budget ─▶ on record ─▶ send once
 *                                                                            │
 *   answer ◀─ redact ◀─ on record ◀─ bounded, in time, in its format ◀───────┘
 * </pre>
 *
 * Nothing is tried again. What is not sent is not on record: it is counted.
 */
public final class PromptGateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PromptGateway.class);

  private static final int SUBJECT_CHARACTERS_MAX = 128;

  /** Bytes of a token, less than there are on average: an estimate is to be too high. */
  private static final int TOKEN_BYTES = 3;

  private final ModelSettings settings;
  private final Vendor vendor;
  private final PromptPolicy policy;
  private final String tenant;
  private final InstantSource clock;
  private final CallLog log;
  private final Guard guard;
  private final Budget budget;
  private final GatewayCounts counts;
  private final ModelHttp http;
  private final AnswerCache answers = new AnswerCache();

  private PromptGateway(Outset outset, Vendor vendor, MeterRegistry metrics) {
    this.settings = outset.settings;
    this.vendor = vendor;
    this.policy = outset.policy;
    this.tenant = outset.tenant;
    this.clock = outset.clock;
    this.log = new CallLog(outset.calls);
    this.guard = new Guard(settings.concurrent(), Guard.OPEN);
    this.budget = new Budget(settings.limits());
    this.counts = new GatewayCounts(metrics, guard);
    this.http = new ModelHttp(settings.proxy(), settings.deadline());
  }

  /**
   * What a gateway starts from.
   *
   * @param policy what let the fields out; its version goes on record
   * @param tenant whose payments
   * @param calls where attempts are put on record
   * @param clock what goes on record as now, and what hours are counted by
   */
  public record Outset(
      ModelSettings settings,
      PromptPolicy policy,
      String tenant,
      ModelCalls calls,
      InstantSource clock) {}

  /** Opens the way, if a model is configured; connects to nothing yet. */
  public static Optional<PromptGateway> open(Outset outset, MeterRegistry metrics) {
    TrustedClasses.declare();
    return outset.settings.vendor().map(vendor -> new PromptGateway(outset, vendor, metrics));
  }

  ModelSettings settings() {
    return settings;
  }

  /** Whose model it is. */
  public Vendor vendor() {
    return vendor;
  }

  /** The model's name. */
  public String model() {
    return settings.name();
  }

  /** Which model turns texts into vectors; empty when none is asked. */
  public Optional<EmbeddingSettings> embeddings() {
    return settings.embeddings();
  }

  /** The model, and whether it is left alone; for health. */
  public Map<String, Object> state() {
    return Map.of(
        "vendor", vendor.label(),
        "model", settings.name(),
        "underWay", guard.underWay(),
        "breakerOpen", guard.open());
  }

  /**
   * Asks once.
   *
   * @param body JSON in this format; the model it names is replaced by the configured one
   * @throws ModelFailure when there is no answer, with the reason
   */
  public Answer send(Call call, WireFormat format, byte[] body) {
    try {
      Outgoing out = Outgoing.of(body, settings.nameFor(format));
      Optional<Answer> known =
          call.repeatable() ? answers.of(format + out.hash()) : Optional.empty();
      Answer answer =
          known.orElseGet(() -> guard.through(call.purpose(), () -> attempt(call, format, out)));
      counts.ended(known.isPresent() ? GatewayCounts.CACHED : GatewayCounts.ANSWERED);
      return answer;
    } catch (ModelFailure failure) {
      counts.ended(GatewayCounts.label(failure.reason()));
      throw failure;
    }
  }

  private Answer attempt(Call call, WireFormat format, Outgoing out) {
    Budget.Share share = share(call, out);
    ModelCall.Builder row = row(call, out);
    putOnRecord(row, call, share);
    long from = System.nanoTime();
    Incoming in = exchange(format, out);
    Duration latency = Duration.ofNanos(System.nanoTime() - from);
    Usage used = in.usage();
    long cost = settings.prices().micros(used.inputTokens(), used.outputTokens());
    if (used.said() || in.unbilled()) {
      budget.settle(share, used.inputTokens() + used.outputTokens(), cost);
    }
    Map<String, Long> redactions = sum(out.redactions(), in.redactions());
    counts.sent(latency, redactions);
    counts.spent(used.inputTokens(), used.outputTokens(), cost);
    putEndOnRecord(
        row.setRedactions(redactions)
            .setInputTokens(used.inputTokens())
            .setOutputTokens(used.outputTokens())
            .setCostMicros(cost)
            .setLatencyMillis(latency.toMillis())
            .setOutcome(in.outcome()));
    if (in.failure().isPresent()) {
      throw in.failure().get();
    }
    Answer answer =
        new Answer(in.body(), out.hash(), used.inputTokens(), used.outputTokens(), cost, latency);
    if (call.repeatable()) {
      answers.keep(format + out.hash(), answer);
    }
    return answer;
  }

  private Budget.Share share(Call call, Outgoing out) {
    long input = Math.ceilDiv(out.bytes(), TOKEN_BYTES);
    return budget
        .take(
            call.revision(),
            input + call.outputTokensMax(),
            settings.prices().micros(input, call.outputTokensMax()),
            clock.instant())
        .orElseThrow(() ->
            new ModelFailure(
                Reason.OVER_BUDGET, "calls, tokens or money of the revision or hour are used up"));
  }

  private Incoming exchange(WireFormat format, Outgoing out) {
    try {
      URI to = URI.create(base() + vendor.path(format));
      return Incoming.of(
          http.post(to, vendor.login(format, settings.apiKey()), out.json()), format);
    } catch (ModelFailure failure) {
      return Incoming.failed(failure, new Usage(0, 0));
    }
  }

  private String base() {
    return settings.url().toString().replaceFirst("/+$", "");
  }

  private ModelCall.Builder row(Call call, Outgoing out) {
    return ModelCall.newBuilder()
        .setCallId(UUID.randomUUID().toString())
        .setTenant(tenant)
        .setPurpose(call.purpose().name().toLowerCase(Locale.ROOT))
        .setSubject(new Redactor().redact(Texts.line(call.subject(), SUBJECT_CHARACTERS_MAX)))
        .setVendor(vendor.label())
        .setModel(out.model())
        .setPolicy(policy.version())
        .setRedactor(Redactor.POLICY)
        .setFields(call.fields())
        .setRedactions(out.redactions())
        .setPromptHash(out.hash())
        .setPromptBytes(out.bytes());
  }

  /** Before it is sent: what cannot be put on record is not sent. */
  private void putOnRecord(ModelCall.Builder row, Call call, Budget.Share share) {
    try {
      log.append(
          row.setStep(CallStep.SENDING).setAt(clock.instant()).setOutcome(CallOutcome.PENDING));
    } catch (NotPublished away) {
      budget.giveBack(share, call.revision());
      LOG.warn("A call to the model could not be put on record and was not made", away);
      throw new ModelFailure(Reason.NOT_RECORDED, "the call could not be put on record");
    }
  }

  /** When it has ended; that it was sent is on record, so that an answer is not thrown away. */
  private void putEndOnRecord(ModelCall.Builder row) {
    try {
      log.append(row.setStep(CallStep.ENDED).setAt(clock.instant()));
    } catch (NotPublished away) {
      counts.unrecorded();
      LOG.warn("The end of a call to the model could not be put on record", away);
    }
  }

  private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
    Map<String, Long> sum = new TreeMap<>(a);
    b.forEach((type, count) -> sum.merge(type, count, Long::sum));
    return sum;
  }

  @Override
  public void close() {
    http.close();
  }
}
