/** How much it hurts: steps of impact per minute, never the size of a percentage. */
@NullMarked
package io.tillwatch.rules.severity;

import org.jspecify.annotations.NullMarked;
