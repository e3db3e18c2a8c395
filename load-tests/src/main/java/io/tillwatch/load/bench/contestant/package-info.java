/**
 * Those who do the same work on the same input, each a process of its own.
 *
 * <p>A contestant is started with an {@link io.tillwatch.load.bench.contestant.Assignment} as its
 * arguments and speaks on its standard output: {@code READY} when it could begin, {@code PROGRESS
 * <events>} at least five times a second, {@code DONE <events>} when all its cells are final. Then
 * it writes them to the result file and ends with exit code 0. Lines that begin otherwise are
 * ignored.
 */
@NullMarked
package io.tillwatch.load.bench.contestant;

import org.jspecify.annotations.NullMarked;
