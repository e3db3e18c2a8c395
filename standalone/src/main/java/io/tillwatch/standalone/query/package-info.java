/**
 * Live state on the command line: asks a running instance over its public HTTP API and prints a
 * table for people or the answer as it came for programs.
 */
@NullMarked
package io.tillwatch.standalone.query;

import org.jspecify.annotations.NullMarked;
