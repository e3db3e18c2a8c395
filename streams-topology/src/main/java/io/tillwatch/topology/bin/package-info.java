/**
 * From a BIN to the range of BINs it belongs to: issuer, scheme, country. The ranges come from a
 * compacted topic, which a CSV loader fills; where it says nothing, a built-in table knows at least
 * the scheme.
 */
@NullMarked
package io.tillwatch.topology.bin;

import org.jspecify.annotations.NullMarked;
