/**
 * The role as a process: its command line, its settings for HTTP, and the starter that other
 * processes run it with.
 */
@NullMarked
package io.tillwatch.topology.command;

import org.jspecify.annotations.NullMarked;
