/** Processes on this machine: how they are started, and what they cost as the kernel counts it. */
@NullMarked
package io.tillwatch.load.bench.machine;

import org.jspecify.annotations.NullMarked;
