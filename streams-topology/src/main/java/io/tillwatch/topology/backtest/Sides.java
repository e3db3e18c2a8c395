package io.tillwatch.topology.backtest;

import java.io.IOException;

/** What a recording tells beside its counts, minute by minute; as far as it has it. */
final class Sides implements AutoCloseable {

  private final SideFile latencyFile;
  private final SideFile reasonsFile;
  private final SideFile webhooksFile;

  private final RecordedLatency latency = new RecordedLatency();
  private final RecordedReasons reasons;
  private final RecordedWebhooks webhooks = new RecordedWebhooks();

  Sides(Recording recording) throws IOException {
    this.latencyFile = recording.side(RecordedLatency.FILE);
    this.reasonsFile = recording.side(RecordedReasons.FILE);
    this.webhooksFile = recording.side(RecordedWebhooks.FILE);
    try {
      this.reasons = new RecordedReasons(reasonsFile.columns());
    } catch (IllegalArgumentException e) {
      throw new IOException(RecordedReasons.FILE + ": " + e.getMessage(), e);
    }
  }

  /** Goes on to a minute; minutes ascend. */
  void read(int minute, LeafCounts auths) throws IOException {
    latencyFile.read(minute, RecordedLatency.COLUMNS, latency);
    reasonsFile.read(minute, reasonsFile.columns(), reasons);
    webhooksFile.read(minute, RecordedWebhooks.COLUMNS, webhooks);
    webhooks.authorised(auths);
  }

  RecordedLatency latency() {
    return latency;
  }

  RecordedReasons reasons() {
    return reasons;
  }

  RecordedWebhooks webhooks() {
    return webhooks;
  }

  boolean hasWebhooks() {
    return webhooksFile.exists();
  }

  @Override
  public void close() throws IOException {
    latencyFile.close();
    reasonsFile.close();
    webhooksFile.close();
  }
}
