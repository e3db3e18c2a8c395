/**
 * What PSPs say of themselves: their Statuspage summaries, asked for again and again, and what
 * changed from one to the next as notices on {@code tillwatch.status}.
 *
 * <p>{@link io.tillwatch.triage.statuspage.Notices} decides, {@link
 * io.tillwatch.triage.statuspage.StatusPages} asks. A page that cannot be read is counted and never
 * an alarm.
 */
@NullMarked
package io.tillwatch.triage.statuspage;

import org.jspecify.annotations.NullMarked;
