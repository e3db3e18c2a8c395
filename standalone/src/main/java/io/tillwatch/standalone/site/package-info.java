/**
 * A whole installation in one process: broker, topology, triage and one HTTP port. The demo, the
 * replay of history and the one-machine installation all run on it and look at it through its
 * public HTTP API, as anybody else would.
 */
@NullMarked
package io.tillwatch.standalone.site;

import org.jspecify.annotations.NullMarked;
