/**
 * The {@code noise} command: scenarios through the detector and the desk that work in production,
 * in virtual time; counts the cells that were not as expected and the incidents that people heard
 * of, and compares these with what really happened.
 */
@NullMarked
package io.tillwatch.standalone.noise;

import org.jspecify.annotations.NullMarked;
