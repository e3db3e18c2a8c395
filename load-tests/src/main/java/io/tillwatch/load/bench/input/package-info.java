/**
 * What all contestants read: seeded authorisation events of a made-up market, written once to the
 * broker and counted on the way.
 */
@NullMarked
package io.tillwatch.load.bench.input;

import org.jspecify.annotations.NullMarked;
