package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;

/**
 * What an executor touches the world with: network and Kafka in a process, a world in memory in a
 * rehearsal. What they throw ends the session; the next one starts from what is on record.
 */
public interface Hands {

  /** One attempt, back within the deadline. */
  Delivery deliver(Errand errand);

  /** Tells the second channel; false when it could not be told. */
  boolean tellSecondChannel(Action notice);

  /** Puts a result on record; returns once that is acknowledged. */
  void record(ActionResult result);

  /** Commits: everything before the offset is settled. */
  void commit(long offset);

  /** Takes note, for people, of what did not go as it should. */
  void complain(String what);
}
