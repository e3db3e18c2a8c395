/**
 * Whether the incident log is what was written: each tenant's chain, and how far it must reach.
 * Pure functions of entries and heads.
 */
@NullMarked
package io.tillwatch.triage.audit;

import org.jspecify.annotations.NullMarked;
