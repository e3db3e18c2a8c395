/**
 * Other stream processors on the work of the bench: the same input, the same cells, exactly once,
 * by what their handbooks recommend. Never shipped; nothing depends on it.
 *
 * <p>This package holds what they share: how an event becomes its seven {@link
 * io.tillwatch.load.peers.Share}s, and where finished cells go.
 */
@NullMarked
package io.tillwatch.load.peers;

import org.jspecify.annotations.NullMarked;
