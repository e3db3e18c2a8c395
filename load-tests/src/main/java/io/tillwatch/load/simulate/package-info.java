/** The command that feeds simulated traffic into a cluster, or writes it down as cells. */
@NullMarked
package io.tillwatch.load.simulate;

import org.jspecify.annotations.NullMarked;
