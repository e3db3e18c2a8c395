package io.tillwatch.triage.stream;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.act.CrashPoint;
import io.tillwatch.triage.incident.Decision;
import io.tillwatch.triage.incident.DeskState;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.incident.StoredEntry;
import io.tillwatch.triage.incident.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The incident desk as a processor: keeps its state in a store, asks the pure core, and publishes
 * what follows, all in the transaction that commits the input.
 *
 * <p>The desks live in memory and every change is written through; after a crash they are restored
 * from what was committed. Inputs without a tenant of their own concern every desk.
 */
final class DeskProcessor implements Processor<String, TimedInput, String, SpecificRecord> {

  /** How far its clock moves before the desk is told that time passed. */
  static final Duration TICK = Duration.ofSeconds(10);

  /** How often the clock is looked at; a simulated one moves faster than this. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Duration HEAD_SAID_EVERY = HeadWatch.EVERY.dividedBy(2);

  private static final Logger LOG = LoggerFactory.getLogger(DeskProcessor.class);

  private final Supplier<IncidentDesk> desk;
  private final String tenant;
  private final InstantSource clock;
  private final DeskCounts counts;
  private final Map<String, DeskState> desks = new TreeMap<>();
  private final HeadWatch heads = new HeadWatch();
  private boolean restored;
  private Instant lastTick = Instant.EPOCH;
  private long headSaidMillis;

  // Set by init before the first record.
  @SuppressWarnings("NullAway.Init")
  private ProcessorContext<String, SpecificRecord> context;

  // Set by init before the first record.
  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, DeskEntry> store;

  DeskProcessor(
      Supplier<IncidentDesk> desk, String tenant, InstantSource clock, DeskCounts counts) {
    this.desk = desk;
    this.tenant = tenant;
    this.clock = clock;
    this.counts = counts;
  }

  /** A task whose state was corrupted starts the same object anew: memory begins where it does. */
  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    this.desks.clear();
    this.restored = false;
    this.lastTick = Instant.EPOCH;
    this.heads.forget();
    this.context = context;
    this.store = context.getStateStore(TriageTopology.STORE);
    context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, millis -> tick());
  }

  @Override
  public void process(Record<String, TimedInput> record) {
    TimedInput timed = record.value();
    switch (timed.input()) {
      case Input.BurstSeen seen -> judge(seen.burst().getTenant(), timed.input(), timed.at());
      case Input.ActionEnded ended -> judge(ended.result().getTenant(), timed.input(), timed.at());
      case Input.CommandGiven given -> judgeKnown(given.command().getTenant(), timed);
      case Input.AdviceGiven given -> judgeKnown(given.advice().getTenant(), timed);
      default -> judgeEverywhere(timed.input(), timed.at());
    }
  }

  /** A command or an advice opens no desk: of a tenant that is not known here nothing is. */
  private void judgeKnown(String whose, TimedInput timed) {
    if (desks().containsKey(whose)) {
      judge(whose, timed.input(), timed.at());
    } else {
      counts.judged(timed.input(), Verdict.UNKNOWN_INCIDENT);
    }
  }

  /** The desks by tenant; read from the store when the first of them is needed. */
  private Map<String, DeskState> desks() {
    if (!restored) {
      List<DeskEntry> entries = new ArrayList<>();
      try (KeyValueIterator<String, DeskEntry> all = store.all()) {
        all.forEachRemaining(entry -> entries.add(entry.value));
      }
      desks.putAll(DeskState.restore(entries));
      desks.putIfAbsent(tenant, DeskState.empty(tenant));
      restored = true;
    }
    return desks;
  }

  private void tick() {
    Instant now = clock.instant();
    // A clock that was set back ticks on from there: quiet would not be seen until it caught up.
    if (Duration.between(lastTick, now).abs().compareTo(TICK) >= 0) {
      lastTick = now;
      judgeEverywhere(new Input.Tick(), now);
      publishHeads(now);
    }
  }

  /**
   * Said in the log too, which is kept elsewhere; a clock that is moved faster says it less often.
   */
  private void publishHeads(Instant now) {
    List<ChainHead> due = heads.due(desks().values(), now);
    boolean say = context.currentSystemTimeMs() - headSaidMillis >= HEAD_SAID_EVERY.toMillis();
    for (ChainHead head : due) {
      if (say) {
        headSaidMillis = context.currentSystemTimeMs();
        LOG.info(
            "Head of the incident log of {} once this is committed: {} {}",
            head.getTenant(),
            head.getSequence(),
            head.getHash());
      }
      forward(head.getTenant(), head, TriageTopology.HEADS);
    }
  }

  private void judgeEverywhere(Input input, Instant at) {
    List.copyOf(desks().keySet()).forEach(whose -> judge(whose, input, at));
  }

  private void judge(String whose, Input input, Instant at) {
    DeskState state = desks().computeIfAbsent(whose, DeskState::empty);
    Decision decision = desk.get().decide(state, input, at);
    counts.judged(input, decision.verdict());
    counts.suppressed(state, decision);
    if (decision.verdict() != Verdict.NOTHING) {
      LOG.debug("{}: {}", DeskCounts.labelOf(input), decision.verdict());
    }
    for (StoredEntry write : decision.writes()) {
      store.put(write.key(), write.value());
    }
    desks.put(whose, decision.next());
    publish(decision);
    CrashPoint.DECIDED.pass();
  }

  private void publish(Decision decision) {
    for (Incident incident : decision.incidents()) {
      forward(incident.getIncidentId(), incident, TriageTopology.INCIDENTS);
    }
    for (IncidentLogEntry entry : decision.log()) {
      forward(entry.getIncidentId(), entry, TriageTopology.LOG);
    }
    for (Action action : decision.actions()) {
      forward(action.getIncidentId(), action, TriageTopology.ACTIONS);
    }
  }

  /** Stamped with the time of writing, which retention counts from; event time is in the value. */
  private void forward(String key, SpecificRecord value, String sink) {
    context.forward(new Record<>(key, value, context.currentSystemTimeMs()), sink);
  }
}
