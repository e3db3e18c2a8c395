/** The command that feeds simulated traffic into a cluster. */
@NullMarked
package io.tillwatch.load.simulate;

import org.jspecify.annotations.NullMarked;
