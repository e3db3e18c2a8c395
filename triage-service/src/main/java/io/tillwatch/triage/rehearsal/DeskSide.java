package io.tillwatch.triage.rehearsal;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.IncidentCase;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.incident.Decision;
import io.tillwatch.triage.incident.DeskState;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.incident.StoredEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The desk as a process: decides about what it reads, and commits decisions, store and offsets
 * together or not at all.
 */
final class DeskSide {

  private static final String TENANT = "default";

  private final IncidentDesk desk;
  private final Topics topics;
  private final SplittableRandom random;
  private final @Nullable Bug bug;
  private final List<Decision> uncommitted = new ArrayList<>();
  private final Set<String> queued = new HashSet<>();
  private DeskState state = DeskState.empty(TENANT);
  private DeskState committed = state;
  private int inputs;
  private int results;
  private int inputsCommitted;
  private int resultsCommitted;
  private int decided;

  DeskSide(IncidentDesk desk, Topics topics, SplittableRandom random, @Nullable Bug bug) {
    this.desk = desk;
    this.topics = topics;
    this.random = random;
    this.bug = bug;
  }

  /** Reads what there is, the two topics in whatever order. */
  void poll() {
    while (inputs < topics.inputs.size() || results < topics.results.size()) {
      boolean result =
          inputs == topics.inputs.size()
              || (results < topics.results.size() && random.nextBoolean());
      if (result) {
        var ended = topics.results.get(results++);
        if (bug != Bug.IGNORED_RESULT || random.nextInt(4) > 0) {
          decide(new Input.ActionEnded(ended), ended.getAt());
        }
      } else {
        Topics.Timed timed = topics.inputs.get(inputs++);
        decide(timed.input(), timed.at());
      }
    }
  }

  void tick(Instant now) {
    decide(new Input.Tick(), now);
  }

  private void decide(Input input, Instant at) {
    Decision decision = desk.decide(state, input, at);
    state = decision.next();
    decided++;
    if (!decision.writes().isEmpty()) {
      uncommitted.add(decision);
    }
  }

  void commit() {
    for (Decision decision : uncommitted) {
      decision.writes().forEach(this::write);
      topics.log.addAll(decision.log());
      decision.actions().forEach(this::queue);
    }
    uncommitted.clear();
    inputsCommitted = inputs;
    resultsCommitted = results;
    committed = state;
  }

  private void write(StoredEntry entry) {
    DeskEntry value = entry.value();
    if (value == null) {
      topics.store.remove(entry.key());
    } else {
      topics.store.put(entry.key(), bug == Bug.LOST_RESUME_STATE ? forgetful(value) : value);
    }
  }

  private static DeskEntry forgetful(DeskEntry entry) {
    IncidentCase known = entry.getIncidentCase();
    return known == null
        ? entry
        : DeskEntry.newBuilder(entry)
            .setIncidentCase(
                IncidentCase.newBuilder(known).setResumeState(IncidentState.OPEN).build())
            .build();
  }

  private void queue(Action action) {
    Violation.unless(
        queued.add(action.getActionId()), "actions: %s is queued twice", action.getActionId());
    if (bug == Bug.DROPPED_RECORD && random.nextInt(8) == 0) {
      return;
    }
    boolean page =
        action.getTarget() == ActionTarget.PAGER && action.getVerb() == ActionVerb.TRIGGER;
    boolean again =
        action.getTarget() == ActionTarget.TICKET && action.getVerb() == ActionVerb.UPDATE;
    if (bug == Bug.TICKET_PER_EPISODE && again) {
      topics.actions.add(Action.newBuilder(action).setVerb(ActionVerb.CREATE).build());
      return;
    }
    topics.actions.add(action);
    if (bug == Bug.PAGED_TWICE && page) {
      topics.actions.add(
          Action.newBuilder(action)
              .setActionId(action.getActionId() + "/again")
              .setDedupKey(action.getDedupKey() + "/again")
              .build());
    }
  }

  /** Ends without a goodbye and starts from what is committed. */
  void crash() {
    uncommitted.clear();
    inputs = inputsCommitted;
    results = resultsCommitted;
    List<DeskEntry> entries = new ArrayList<>();
    topics.store.values().forEach(entry -> entries.add(reread(entry)));
    if (bug == Bug.LOST_CASE && entries.size() > 1) {
      entries.removeLast();
    }
    DeskState restored =
        Objects.requireNonNullElse(DeskState.restore(entries).get(TENANT), DeskState.empty(TENANT));
    Violation.unless(
        restored.cases().keySet().equals(committed.cases().keySet()) && keptAsStored(),
        "restore: the desk after a crash is not the one that was kept");
    state = restored;
  }

  private static DeskEntry reread(DeskEntry entry) {
    try {
      return DeskEntry.fromByteBuffer(encoded(entry));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private boolean keptAsStored() {
    return committed.cases().values().stream()
        .allMatch(kept -> {
          DeskEntry entry = topics.store.get(TENANT + "/" + kept.getIncident().getIncidentId());
          return entry != null && same(kept, entry.getIncidentCase());
        });
  }

  /** The very object, or one that is read the same. */
  private static boolean same(IncidentCase kept, @Nullable IncidentCase stored) {
    return kept == stored
        || encoded(reread(DeskEntry.newBuilder().setIncidentCase(kept).build()))
            .equals(encoded(reread(DeskEntry.newBuilder().setIncidentCase(stored).build())));
  }

  private static ByteBuffer encoded(DeskEntry entry) {
    try {
      return entry.toByteBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** Everything read and committed. */
  boolean settled() {
    return inputsCommitted == topics.inputs.size() && resultsCommitted == topics.results.size();
  }

  DeskState state() {
    return state;
  }

  int decided() {
    return decided;
  }
}
