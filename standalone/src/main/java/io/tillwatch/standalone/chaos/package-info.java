/**
 * The {@code chaos} command: protocols that break what can be broken around processes started as a
 * user starts them, log what reached the outside, and check that nothing was lost, done twice or
 * done out of order.
 */
@NullMarked
package io.tillwatch.standalone.chaos;

import org.jspecify.annotations.NullMarked;
