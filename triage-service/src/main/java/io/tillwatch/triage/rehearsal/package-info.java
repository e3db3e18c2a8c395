/**
 * Rehearses what must never go wrong: the real desk and the real executors in a world in memory
 * with a clock of its own, where everything else fails by a seed. A rehearsal that goes wrong can
 * be played again, and bugs planted on purpose show that it would notice.
 */
@NullMarked
package io.tillwatch.triage.rehearsal;

import org.jspecify.annotations.NullMarked;
