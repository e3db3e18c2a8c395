/**
 * The prompt gateway: whatever goes to a model passes it, whoever asks, as an HTTP body in the
 * vendor's format. It takes out what may not go out, puts the attempt on record, sends it once
 * within a hard deadline, bounds and checks what comes back, and takes out what may not come in.
 * What it costs is bounded by the hour, what hangs by a bulkhead.
 */
@NullMarked
package io.tillwatch.triage.gateway;

import org.jspecify.annotations.NullMarked;
