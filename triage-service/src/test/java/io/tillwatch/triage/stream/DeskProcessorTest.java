package io.tillwatch.triage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.incident.CurrentDesk;
import io.tillwatch.triage.incident.IncidentDesk;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.link.LinkSettings;
import io.tillwatch.triage.link.Links;
import java.net.URI;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class DeskProcessorTest {

  private final DeskProcessor processor =
      new DeskProcessor(
          new CurrentDesk(
              RuleBook::defaults,
              rules ->
                  new IncidentDesk(
                      rules, new Links(LinkSettings.local(URI.create("http://localhost:8080"))))),
          "default",
          () -> Samples.ONSET,
          new DeskCounts());

  /**
   * A transaction that is aborted takes store and offsets back; Streams then starts the task anew
   * with the same processor object. What it still had in memory made the burst a duplicate, and
   * nobody was paged.
   */
  @Test
  void anAbortedTransactionLeavesNothingInMemory() {
    Burst burst = Samples.burst(1, BurstState.OPEN, 2).build();

    List<Action> aborted = startAnewAndTake(burst);
    List<Action> committed = startAnewAndTake(burst);

    assertThat(committed).isNotEmpty().isEqualTo(aborted);
  }

  /** Starts the processor on an empty store, as after an abort of all it did; what it queued. */
  private List<Action> startAnewAndTake(Burst burst) {
    MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(0);
    KeyValueStore<String, DeskEntry> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(TriageTopology.STORE),
                Serdes.String(),
                new DeskEntrySerde())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    processor.init(context);
    processor.process(
        new Record<>("", new TimedInput(new Input.BurstSeen(burst), burst.getUpdatedAt()), 0));
    return context.forwarded().stream()
        .map(forwarded -> forwarded.record().value())
        .filter(Action.class::isInstance)
        .map(Action.class::cast)
        .toList();
  }
}
