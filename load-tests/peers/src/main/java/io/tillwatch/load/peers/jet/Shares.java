package io.tillwatch.load.peers.jet;

import com.hazelcast.jet.Traverser;
import io.tillwatch.load.bench.contestant.Announcer;
import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.recount.RollUp;
import io.tillwatch.load.peers.Handover;
import io.tillwatch.load.peers.Share;
import io.tillwatch.load.peers.Slicer;
import org.jspecify.annotations.Nullable;

/** An event's seven shares, an object each: the next step may be another thread. */
final class Shares {

  private final Slicer slicer = new Slicer();
  private final Announcer announcer;

  Shares(String handover) {
    announcer = Handover.named(handover).announcer();
  }

  Traverser<Share> of(AuthFields event) {
    announcer.add(1);
    return new Next(event);
  }

  /** Gives one share after the other. */
  private final class Next implements Traverser<Share> {

    private final AuthFields event;
    private int at;

    Next(AuthFields event) {
      this.event = event;
    }

    @Override
    public @Nullable Share next() {
      if (at == RollUp.ALL.size()) {
        return null;
      }
      Share share = new Share();
      slicer.share(event, RollUp.ALL.get(at++), share);
      return share;
    }
  }
}
