/**
 * Rule files that are published on {@code tillwatch.rules}: read without a group, the latest of
 * each name. What they mean is for those who read them to say.
 */
@NullMarked
package io.tillwatch.schemas.rulesfile;

import org.jspecify.annotations.NullMarked;
