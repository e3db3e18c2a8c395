/** Incidents over HTTP: JSON under {@code /api/v1}, and the first page for people at {@code /}. */
@NullMarked
package io.tillwatch.triage.api;

import org.jspecify.annotations.NullMarked;
