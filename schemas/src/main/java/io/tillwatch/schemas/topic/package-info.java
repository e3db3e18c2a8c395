/**
 * Which topics there are: one catalogue in which each name is written once, with key, value,
 * partitions, retention and cleanup, and what creates them.
 */
@NullMarked
package io.tillwatch.schemas.topic;

import org.jspecify.annotations.NullMarked;
