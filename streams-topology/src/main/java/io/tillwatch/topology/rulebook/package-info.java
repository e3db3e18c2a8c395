/**
 * The rules that the topology watches by, and how they change while it runs: from files and
 * folders. A version that cannot be used is refused as a whole, reported, and the one before stays.
 */
@NullMarked
package io.tillwatch.topology.rulebook;

import org.jspecify.annotations.NullMarked;
