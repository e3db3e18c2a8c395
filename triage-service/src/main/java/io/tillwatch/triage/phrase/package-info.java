/** How places, values and times are put into words: the same on pages, tickets and screens. */
@NullMarked
package io.tillwatch.triage.phrase;

import org.jspecify.annotations.NullMarked;
