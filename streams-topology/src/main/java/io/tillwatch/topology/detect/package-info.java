/**
 * What is not as it should be: per kind of event one {@link io.tillwatch.topology.detect.Watch}
 * that takes the leaf cells of each minute as it closes and answers with anomalies and bursts.
 *
 * <p>Plain Java without I/O and without a clock: the same minutes give the same bursts, live,
 * replayed or after a restart. {@code Watch} reads as the pipeline; each step has a type of its
 * own: {@code Baseline} says what to expect, {@code Cusum} where to look, {@code Gate} whether to
 * believe it, {@code localise} which cells explain it, {@code OpenBurst} lives until recovery,
 * {@code Silence} hears what is missing, {@code Journal} remembers.
 */
@NullMarked
package io.tillwatch.topology.detect;

import org.jspecify.annotations.NullMarked;
