package io.tillwatch.topology.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a recording tells beside its counts, minute by minute; as far as it has it. */
final class Sides implements AutoCloseable {

  private static final List<String> FILES =
      List.of(RecordedLatency.FILE, RecordedReasons.FILE, RecordedWebhooks.FILE);

  private final SideFile latencyFile;
  private final SideFile reasonsFile;
  private final SideFile webhooksFile;

  private final RecordedLatency latency = new RecordedLatency();
  private final RecordedReasons reasons;
  private final RecordedWebhooks webhooks = new RecordedWebhooks();

  private Sides(SideFile latencyFile, SideFile reasonsFile, SideFile webhooksFile)
      throws IOException {
    this.latencyFile = latencyFile;
    this.reasonsFile = reasonsFile;
    this.webhooksFile = webhooksFile;
    try {
      this.reasons = new RecordedReasons(reasonsFile.columns());
    } catch (IllegalArgumentException e) {
      throw new IOException(RecordedReasons.FILE + ": " + e.getMessage(), e);
    }
  }

  /**
   * Opens what a recording has.
   *
   * @throws IOException when a file is there, and cannot be one; none is left open then
   */
  static Sides of(Recording recording) throws IOException {
    List<SideFile> opened = new ArrayList<>();
    try {
      for (String name : FILES) {
        opened.add(recording.side(name));
      }
      return new Sides(opened.get(0), opened.get(1), opened.get(2));
    } catch (IOException e) {
      for (SideFile file : opened) {
        file.close();
      }
      throw e;
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
