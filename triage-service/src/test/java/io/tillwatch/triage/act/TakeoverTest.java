package io.tillwatch.triage.act;

import static io.tillwatch.schemas.incident.ActionTarget.TICKET;
import static io.tillwatch.schemas.incident.ActionVerb.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.triage.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeoverTest {

  private final OutboxBench bench = new OutboxBench();

  /** A ticket that was asked for before a crash may be there, and nothing on record says so. */
  @Test
  void whatWasInTheTopicBeforeThisExecutorMayHaveBeenTriedByAnother() {
    bench.queue(Samples.action("INC-A", TICKET, CREATE).build());
    List<String> asked = new ArrayList<>();
    Notifier notifier =
        errand -> {
          asked.add(errand.action().getIncidentId() + " " + errand.maybeTried());
          return new Delivery.Done(null, "ok");
        };
    try (OutboxSession session = bench.session(TICKET, notifier)) {
      session.step();
      bench.queue(Samples.action("INC-B", TICKET, CREATE).build());
      session.step();
    }
    assertThat(asked).containsExactly("INC-A true", "INC-B false");
  }
}
