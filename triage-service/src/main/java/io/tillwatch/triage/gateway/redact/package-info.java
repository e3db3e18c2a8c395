/**
 * The redactor: takes card data, personal data and secrets out of text, before it goes to a model
 * and after it comes back.
 *
 * <p>A text is looked at through {@link io.tillwatch.triage.gateway.redact.View views}: as it
 * stands with digits of every script and invisible marks folded, with escapes undone round by
 * round, with spelled digits, without markup, and what tokens hold when they are decoded. The same
 * scans run over every view; what they find is marked in the text itself. Plain Java, without any
 * backtracking expression: the work is bounded by a constant times the length.
 */
@NullMarked
package io.tillwatch.triage.gateway.redact;

import org.jspecify.annotations.NullMarked;
