package io.tillwatch.topology.ingest.seen;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.delivery.Value;

/** Looks at events one by one, each a group of its own. */
final class Looks {

  private Looks() {}

  /** Looks for the authorisation with this id. */
  static Seen at(Dedupe seen, byte[] id, long timeMillis, Value value) {
    return at(seen, EventKind.AUTH, id, 0, id.length, timeMillis, value);
  }

  static Seen at(
      Dedupe seen, EventKind kind, byte[] in, int from, int length, long timeMillis, Value value) {
    int expected = seen.expect(kind, in, from, length);
    seen.prepare();
    return seen.look(expected, timeMillis, value);
  }
}
