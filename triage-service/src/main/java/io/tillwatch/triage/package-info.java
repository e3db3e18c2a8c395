/**
 * From bursts to incidents that people can act on: correlation, classification, evidence,
 * hypotheses, notification and the on-call screen. Whatever leaves the process goes through the
 * outbox.
 */
@NullMarked
package io.tillwatch.triage;

import org.jspecify.annotations.NullMarked;
