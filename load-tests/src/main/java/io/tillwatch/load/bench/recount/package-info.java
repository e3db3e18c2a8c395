/**
 * What the cells of a bench run must hold, counted the plain way, and how a contestant's cells are
 * compared with it. Shares no code with the product.
 */
@NullMarked
package io.tillwatch.load.bench.recount;

import org.jspecify.annotations.NullMarked;
