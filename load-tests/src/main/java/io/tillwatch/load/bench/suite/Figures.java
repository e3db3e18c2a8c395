package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.recount.Comparison.Differences;
import org.jspecify.annotations.Nullable;

/**
 * What one lap of one contestant came to. Steady is the part after the first third of the events,
 * when code is compiled and buffers are filled; a negative figure was not measured.
 *
 * @param events it went through
 * @param cpuSecondsPerMillion of its process, steady
 * @param cpuSecondsPerMillionWhole of its process, from its start
 * @param eventsPerSecond steady
 * @param allocatedBytesPerEvent by all its threads, steady
 * @param peakRssMiB of its process
 * @param brokerCpuSecondsPerMillion of the broker, steady
 * @param changelogBytesPerEvent on the broker's disk in the end
 * @param repartitionBytesPerEvent the same
 * @param otherLoadCores busy with neither contestant, broker nor bench, whole
 * @param differences between its cells and the recount; null where it has no cells
 */
public record Figures(
    long events,
    double cpuSecondsPerMillion,
    double cpuSecondsPerMillionWhole,
    double eventsPerSecond,
    double allocatedBytesPerEvent,
    double peakRssMiB,
    double brokerCpuSecondsPerMillion,
    double changelogBytesPerEvent,
    double repartitionBytesPerEvent,
    double otherLoadCores,
    @Nullable Differences differences) {}
