package io.tillwatch.load.peers.flink;

import io.tillwatch.load.bench.contestant.Announcer;
import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.recount.RollUp;
import io.tillwatch.load.peers.Handover;
import io.tillwatch.load.peers.Share;
import io.tillwatch.load.peers.Slicer;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** An event's seven shares, in one object that is used again, as object reuse allows. */
final class Shares extends RichFlatMapFunction<AuthFields, Share> {

  private static final long serialVersionUID = 1L;

  private final String handover;
  private transient @Nullable Working working;

  /** What a running copy has. */
  private record Working(Slicer slicer, Share share, Announcer announcer) {}

  Shares(String handover) {
    this.handover = handover;
  }

  @Override
  public void open(OpenContext context) {
    working = new Working(new Slicer(), new Share(), Handover.named(handover).announcer());
  }

  @Override
  public void flatMap(AuthFields event, Collector<Share> out) {
    Working mine = Objects.requireNonNull(working);
    for (RollUp rollUp : RollUp.ALL) {
      mine.slicer.share(event, rollUp, mine.share);
      out.collect(mine.share);
    }
    mine.announcer.add(1);
  }
}
