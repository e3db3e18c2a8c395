/**
 * PagerDuty: pages and changes go out through its Events API, what people do there comes back
 * through its webhooks.
 *
 * <p>An episode is known there by its dedup key. Retries, order and records are the executor's;
 * PagerDuty's side of "once" is that a trigger for an open alert adds nothing.
 */
@NullMarked
package io.tillwatch.triage.pagerduty;

import org.jspecify.annotations.NullMarked;
