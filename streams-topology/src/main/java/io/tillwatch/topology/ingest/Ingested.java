package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.DeadLetter;
import java.util.List;

/** What leaves the door: an event to be counted, or a dead letter. */
public sealed interface Ingested permits AcceptedEvent, Ingested.Refused {

  /** A record that was refused. */
  record Refused(DeadLetter deadLetter) implements Ingested {}

  /** The dead letter, if this is one. */
  default List<DeadLetter> letters() {
    return this instanceof Refused refused ? List.of(refused.deadLetter()) : List.of();
  }
}
