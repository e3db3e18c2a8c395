/**
 * The port to a language model: one question, one answer or a reason why there is none. Whoever
 * asks sees neither a vendor nor HTTP; the adapter goes through the prompt gateway.
 */
@NullMarked
package io.tillwatch.triage.model;

import org.jspecify.annotations.NullMarked;
