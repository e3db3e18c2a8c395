/** How incidents live: what belongs together, when one is over, and when it is back. */
@NullMarked
package io.tillwatch.rules.incident;

import org.jspecify.annotations.NullMarked;
