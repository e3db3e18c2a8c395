package io.tillwatch.triage.act;

/**
 * One outside system that actions go to.
 *
 * <p>An action may be delivered more than once (a crash between effect and record, an answer that
 * never came): the same action id, or a second trigger with the same dedup key, has one effect at
 * the other side. Adapters that cannot leave that to the other side look there before they write.
 * The executor calls from one thread at a time, interrupted when the attempt's deadline has passed;
 * a target that is somebody's second channel is called by that one's thread too. Retries, back-off
 * and logging are the executor's.
 */
@FunctionalInterface
public interface Notifier extends AutoCloseable {

  /** Tries once, and says how it ended; throws nothing for what the other side does. */
  Delivery deliver(Errand errand);

  /** Asks the other side without an effect there; may take as long as one attempt. */
  default Reach check() {
    return Reach.FINE;
  }

  /** Gives its connections back. */
  @Override
  default void close() {}
}
