package io.tillwatch.load.bench.suite;

import io.tillwatch.load.bench.input.Input;
import io.tillwatch.load.bench.product.Cluster;
import java.nio.file.Path;

/**
 * Where the laps take place.
 *
 * @param brokerPid process of the broker
 * @param threads that every contestant counts with
 * @param folder for the files of the run
 * @param full the input
 * @param part its beginning, for those who would take too long for all of it; the same events
 */
record Arena(Cluster cluster, long brokerPid, int threads, Path folder, Input full, Input part) {}
