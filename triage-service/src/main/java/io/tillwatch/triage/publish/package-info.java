/** How what we heard gets onto a topic: written by all replicas, or said not to be. */
@NullMarked
package io.tillwatch.triage.publish;

import org.jspecify.annotations.NullMarked;
