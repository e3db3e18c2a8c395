/**
 * Tillwatch driven from outside: simulated traffic with ground truth, replay of history,
 * benchmarks, fault injection and the checker of exactly-once. It knows the topics and the rules,
 * never the insides.
 */
@NullMarked
package io.tillwatch.load;

import org.jspecify.annotations.NullMarked;
