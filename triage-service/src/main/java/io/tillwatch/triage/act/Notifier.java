package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;

/**
 * One outside system that actions go to.
 *
 * <p>An action may be delivered more than once (a crash between effect and record, an answer that
 * never came): the same action id, or a second trigger with the same dedup key, has one effect at
 * the other side. Adapters that cannot leave that to the other side look there before they write.
 * Called by one thread at a time, interrupted when the attempt's deadline has passed. Retries,
 * back-off and logging are the executor's.
 */
@FunctionalInterface
public interface Notifier {

  /** Tries once, and says how it ended; throws nothing for what the other side does. */
  Delivery deliver(Action action);
}
