package io.tillwatch.load.bench.suite;

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
    int threads,
    Path parent) {}
