package io.tillwatch.load.peers.flink;

import io.tillwatch.load.peers.Share;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts in memory before the shuffle, and lets its partials go before each checkpoint barrier, so
 * that nothing of it needs to be in the checkpoint; before the watermark that closes their minute,
 * so that none is late; and when they are too many.
 */
final class Combiner extends AbstractStreamOperator<Partial>
    implements OneInputStreamOperator<Share, Partial> {

  /** About 100 MB with 1,000 bytes each; a second has some ten thousand. */
  private static final int CELLS_MAX = 100_000;

  private static final long serialVersionUID = 1L;
  private static final long ALL = Long.MAX_VALUE;

  private transient @Nullable Partials held;

  @Override
  public void open() throws Exception {
    super.open();
    held = new Partials();
  }

  @Override
  public void processElement(StreamRecord<Share> element) {
    Partials partials = held();
    partials.add(element.getTimestamp(), element.getValue());
    if (partials.size() >= CELLS_MAX) {
      release(ALL);
    }
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    release(watermark.getTimestamp());
    super.processWatermark(watermark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    release(ALL);
  }

  @Override
  public void finish() throws Exception {
    release(ALL);
    super.finish();
  }

  private void release(long untilMillis) {
    held()
        .release(
            untilMillis, (minute, partial) -> output.collect(new StreamRecord<>(partial, minute)));
  }

  private Partials held() {
    return Objects.requireNonNull(held);
  }
}
