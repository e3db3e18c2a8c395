package io.tillwatch.load.peers.flink;

import io.tillwatch.load.peers.Handover;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands finished cells over. */
record CellSink(String handover) implements Sink<Cell> {

  private static final long serialVersionUID = 1L;

  @Override
  public SinkWriter<Cell> createWriter(WriterInitContext context) {
    return new Writer(Handover.named(handover));
  }

  private record Writer(Handover handover) implements SinkWriter<Cell> {

    @Override
    public void write(Cell cell, Context context) throws IOException {
      handover.cell(cell.minuteMillis(), cell.slice(), cell.measures());
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
