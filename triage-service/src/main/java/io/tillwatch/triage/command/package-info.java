/** The triage role as a whole: what a process starts, and the command that does. */
@NullMarked
package io.tillwatch.triage.command;

import org.jspecify.annotations.NullMarked;
