/**
 * Slack: one message per episode that is edited in place, its thread for what is new, and the same
 * message again to say that it is over.
 *
 * <p>Slack has no key by which it dedupes. What we post carries our action's id as metadata, and
 * before anything is posted we look whether it is there already.
 */
@NullMarked
package io.tillwatch.triage.slack;

import org.jspecify.annotations.NullMarked;
