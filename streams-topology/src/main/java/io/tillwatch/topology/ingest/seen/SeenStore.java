package io.tillwatch.topology.ingest.seen;

import org.jspecify.annotations.Nullable;

/** Where the seen ids of one task are durable: values by slot and key. Used by one thread. */
interface SeenStore {

  /** Puts a value, or removes it when null. */
  void put(long slot, byte[] key, byte @Nullable [] value);

  byte @Nullable [] get(long slot, byte[] key);

  /** Shows all values; those of one slot in the order of their keys. */
  void forEach(Visitor visitor);

  /** Takes a value of a store. */
  interface Visitor {
    void visit(long slot, byte[] key, byte[] value);
  }
}
