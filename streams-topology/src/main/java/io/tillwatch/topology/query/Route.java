package io.tillwatch.topology.query;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.topology.query.Instances.Address;
import io.tillwatch.topology.query.Relay.Relayed;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds who answers: the owner of a kind, or else the first standby that can. A query goes over at
 * most one hop. Thread-safe.
 */
final class Route {

  private static final Logger LOG = LoggerFactory.getLogger(Route.class);
  private static final int BUSY_OR_MOVING = 503;

  private final Instances instances;
  private final Relay relay;

  Route(Instances instances, Relay relay) {
    this.instances = instances;
    this.relay = relay;
  }

  /**
   * A query as it came in.
   *
   * @param pathAndQuery still percent-encoded
   * @param relayed whether another instance put it to us
   */
  record Asked(String pathAndQuery, boolean relayed) {}

  /** An answer of our own, or another instance's as it is. */
  sealed interface Answer {
    /** To be written as JSON. */
    record Own(Object body) implements Answer {}

    /** JSON as received. */
    record Theirs(int status, byte[] body) implements Answer {}
  }

  /**
   * Answers here or lets somebody else answer.
   *
   * @param here answers from our own stores; may refuse
   */
  Answer answer(EventKind kind, Asked asked, Supplier<?> here) {
    List<Address> holding = asked.relayed() ? List.of() : instances.holding(kind);
    if (holding.isEmpty()) {
      return new Answer.Own(here.get());
    }
    Refusal lastRefusal = null;
    for (Address address : holding) {
      try {
        return address.equals(instances.self())
            ? new Answer.Own(here.get())
            : theirs(relay(address, asked.pathAndQuery()));
      } catch (Refusal refusal) {
        if (!refusal.reason().worthRetrying()) {
          throw refusal;
        }
        lastRefusal = refusal;
      }
    }
    throw lastRefusal == null ? Refusal.rebalancing("nobody holds " + kind) : lastRefusal;
  }

  /**
   * Another instance's share of an answer that is spread over all.
   *
   * @throws Refusal when it has none, since what is missing cannot be left out
   */
  byte[] share(Address address, Asked asked) {
    Relayed relayed = relay(address, asked.pathAndQuery());
    if (relayed.status() != 200) {
      throw Refusal.rebalancing("%s answered %d".formatted(address, relayed.status()));
    }
    return relayed.body();
  }

  private Relayed relay(Address address, String pathAndQuery) {
    try {
      Relayed relayed = relay.ask(address, pathAndQuery, instances.self());
      if (relayed.status() == BUSY_OR_MOVING) {
        throw Refusal.rebalancing("%s cannot answer now".formatted(address));
      }
      return relayed;
    } catch (IOException e) {
      LOG.debug("{} did not answer a relayed query", address, e);
      throw Refusal.rebalancing("%s does not answer".formatted(address));
    }
  }

  private static Answer theirs(Relayed relayed) {
    return new Answer.Theirs(relayed.status(), relayed.body());
  }
}
