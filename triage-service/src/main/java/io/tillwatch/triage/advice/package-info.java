/**
 * Asking a model what broke: what it is shown, what it may look up, how its answer is read, and
 * what of it holds. Nothing it says is believed without evidence that code has found; nothing it
 * says does anything. Works without Kafka; {@link io.tillwatch.triage.advice.Adviser} is the way
 * in.
 */
@NullMarked
package io.tillwatch.triage.advice;

import org.jspecify.annotations.NullMarked;
