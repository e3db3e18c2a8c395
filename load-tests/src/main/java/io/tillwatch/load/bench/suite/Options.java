package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.input.InputWriter;
import io.tillwatch.load.bench.input.MarketSize;
import io.tillwatch.load.bench.recount.CellKey;
import java.nio.file.Path;
import java.util.List;

/**
 * What a suite runs with.
 *
 * @param events of the input
 * @param eventsPerMinute of event time
 * @param peers names of those who take part
 * @param rounds in each of which everybody takes part once
 * @param seed that the input follows from
 * @param partitions of the payment topics
 * @param size of the market that events come from
 * @param threads that every contestant counts with
 * @param parent folder for the files of the run
 */
public record Options(
    long events,
    long eventsPerMinute,
    List<String> peers,
    int rounds,
    long seed,
    int partitions,
    MarketSize size,
    int threads,
    Path parent) {

  /** The input on that topic. */
  InputWriter.Plan plan(String topic) {
    return new InputWriter.Plan(topic, partitions, seed, events, eventsPerMinute, 0);
  }

  /** The same with another market and number of partitions. */
  Options with(MarketSize otherSize, int otherPartitions) {
    return new Options(
        events, eventsPerMinute, peers, rounds, seed, otherPartitions, otherSize, threads, parent);
  }

  /** Cells of all groupings per minute of an input. */
  long cellsPerMinute(Input input) {
    return input.recount().size()
        / ((input.endMillis() - input.startMillis()) / CellKey.MINUTE_MILLIS);
  }
}
