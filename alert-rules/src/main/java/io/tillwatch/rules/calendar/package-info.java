/** What is known beforehand: planned work, and days that are not as others. */
@NullMarked
package io.tillwatch.rules.calendar;

import org.jspecify.annotations.NullMarked;
