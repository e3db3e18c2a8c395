/**
 * Pictures of what a detector saw and said: plain SVG and HTML as text, from values handed in. They
 * need nothing from elsewhere, carry their own background for light and dark, and say everything in
 * shapes and words as well as in colours.
 */
@NullMarked
package io.tillwatch.topology.plot;

import org.jspecify.annotations.NullMarked;
