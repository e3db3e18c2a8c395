/**
 * What a card number looks like, and what else is neither kept nor shown: every door refuses one,
 * and no message shows one, by the same rule.
 */
@NullMarked
package io.tillwatch.schemas.card;

import org.jspecify.annotations.NullMarked;
