/**
 * Whether somebody is woken: only when it is statistically sure and worth it, both, and the answer
 * says which of the two was missing.
 */
@NullMarked
package io.tillwatch.rules.paging;

import org.jspecify.annotations.NullMarked;
