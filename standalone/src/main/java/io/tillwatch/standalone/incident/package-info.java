/**
 * What people do with incidents, on the command line: over the public HTTP API of a running
 * instance.
 */
@NullMarked
package io.tillwatch.standalone.incident;

import org.jspecify.annotations.NullMarked;
