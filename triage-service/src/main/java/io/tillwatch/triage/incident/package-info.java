/**
 * The incident desk: what becomes of a burst, an action's result, a change, a notice, a person's
 * command, and of time passing. A pure core: the same state, input and time give the same decision,
 * and nothing here sees a clock, a topic or a network.
 */
@NullMarked
package io.tillwatch.triage.incident;

import org.jspecify.annotations.NullMarked;
