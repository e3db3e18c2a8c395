/**
 * {@code tillwatch bench}: the same work done by Tillwatch and by others on the same input, each as
 * a process of its own, every result compared with a plain recount.
 */
@NullMarked
package io.tillwatch.load.bench;

import org.jspecify.annotations.NullMarked;
