/**
 * What a card number looks like: every door refuses one, and no message shows one, by the same
 * rule.
 */
@NullMarked
package io.tillwatch.schemas.card;

import org.jspecify.annotations.NullMarked;
