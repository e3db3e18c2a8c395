/**
 * Where in the cube something is: dimensions, and slices that fix some of them and roll up the
 * rest. Everything that names a place (cells, anomalies, root cells, queries, screens) uses these
 * names in this order.
 */
@NullMarked
package io.tillwatch.schemas.slice;

import org.jspecify.annotations.NullMarked;
