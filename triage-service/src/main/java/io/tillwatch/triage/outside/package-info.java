/**
 * The way out: one small HTTP door that all adapters share. It keeps the attempt's deadline, bounds
 * what is read, follows no redirect, hides secrets, holds back what would break the other side's
 * limit, and leaves a system alone that does not answer. What an answer means is each adapter's
 * {@link io.tillwatch.triage.outside.RetryTable}.
 */
@NullMarked
package io.tillwatch.triage.outside;

import org.jspecify.annotations.NullMarked;
