/**
 * The detector and the localiser over recorded cells, without Kafka: {@link
 * io.tillwatch.topology.backtest.BacktestCommand} runs a recording minute by minute through the
 * very code of the topology and, when it is labelled, scores what was found.
 */
@NullMarked
package io.tillwatch.topology.backtest;

import org.jspecify.annotations.NullMarked;
