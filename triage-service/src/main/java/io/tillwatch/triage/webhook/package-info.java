/**
 * A signed webhook for whatever a site has of its own: each change of an incident as one POST, in
 * the manner of Standard Webhooks.
 */
@NullMarked
package io.tillwatch.triage.webhook;

import org.jspecify.annotations.NullMarked;
