/**
 * Those who do the same work on the same input, each a process of its own.
 *
 * <p>A contestant is started with an {@link io.tillwatch.load.bench.contestant.Assignment} as its
 * arguments and speaks on its standard output: {@code READY} when it could begin; it begins when a
 * line comes in on its standard input. Then {@code PROGRESS <events>} at least five times a second,
 * and {@code DONE <events>} when all its cells are final; it waits for another line, so that it can
 * be measured while it stands still. At last it writes its cells to the result file and ends with
 * exit code 0. {@link io.tillwatch.load.bench.contestant.Announcer} says and waits. Lines that
 * begin otherwise are ignored.
 */
@NullMarked
package io.tillwatch.load.bench.contestant;

import org.jspecify.annotations.NullMarked;
