package io.tillwatch.triage.gateway;

import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.audit.CallChain;
import io.tillwatch.triage.publish.NotPublished;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes rows as a chain: each has the hash of the one before. After a row that may or may not have
 * been stored a new chain begins, since nobody can say what its next row would follow. Thread-safe.
 */
final class CallLog {

  /** Longest time a row waits for those before it: a store that is away holds up one at a time. */
  private static final Duration TURN_MAX = Duration.ofSeconds(2);

  private final ModelCalls store;
  private final ReentrantLock turn = new ReentrantLock(true);
  private String chain = "";
  private long sequence;
  private String previousHash = "";

  CallLog(ModelCalls store) {
    this.store = store;
    begin();
  }

  private void begin() {
    chain = UUID.randomUUID().toString();
    sequence = 0;
    previousHash = "";
  }

  /**
   * Returns when the row is stored.
   *
   * @param row all but its place in the chain
   */
  void append(ModelCall.Builder row) throws NotPublished {
    try {
      if (!turn.tryLock(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new NotPublished("the record of model calls", new TimeoutException());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotPublished("the record of model calls", e);
    }
    try {
      ModelCall placed =
          row.setChain(chain)
              .setSequence(sequence + 1)
              .setPreviousHash(previousHash)
              .setHash("")
              .build();
      String hash = CallChain.hash(placed);
      store.append(ModelCall.newBuilder(placed).setHash(hash).build());
      sequence++;
      previousHash = hash;
    } catch (NotPublished | RuntimeException unknown) {
      begin();
      throw unknown;
    } finally {
      turn.unlock();
    }
  }
}
