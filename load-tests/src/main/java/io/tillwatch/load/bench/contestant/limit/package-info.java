/**
 * {@code limit}: the work done as fast as we know how to in one JVM, with everything in memory and
 * nothing to survive a crash: no commit, no store, no repartition, no dedupe, no check of what is
 * read.
 *
 * <p>Fields are read by hand, names become small numbers, a cell of the finest grouping is one long
 * in an open-addressing table, its measures are columns. Latencies and odd outcomes are only noted
 * while a minute is open. When all threads have passed a minute, one of them sorts its rows by BIN,
 * PSP and region, so that the cells of three groupings are runs of rows; the other four are dense
 * tables added up from one. Nothing is allocated per event.
 */
@NullMarked
package io.tillwatch.load.bench.contestant.limit;

import org.jspecify.annotations.NullMarked;
