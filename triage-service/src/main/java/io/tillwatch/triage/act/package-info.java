/**
 * Carries out what the outbox asks for: one executor per target reads committed actions, delivers
 * each through the target's {@link io.tillwatch.triage.act.Notifier}, and commits an offset only
 * after the result is on record. A target that hangs delays nobody but itself.
 */
@NullMarked
package io.tillwatch.triage.act;

import org.jspecify.annotations.NullMarked;
