package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.DeadLetter;
import java.util.List;

/** What leaves the door: partial cells of the events that were let in, or a dead letter. */
public sealed interface Ingested {

  /** A record that was refused. */
  record Refused(DeadLetter deadLetter) implements Ingested {}

  /** A block of partial cells, in bytes. */
  record Partials(byte[] block) implements Ingested {}

  /** The dead letter, if this is one. */
  default List<DeadLetter> letters() {
    return this instanceof Refused refused ? List.of(refused.deadLetter()) : List.of();
  }

  /** The block, if this is one. */
  default List<byte[]> blocks() {
    return this instanceof Partials partials ? List.of(partials.block()) : List.of();
  }
}
