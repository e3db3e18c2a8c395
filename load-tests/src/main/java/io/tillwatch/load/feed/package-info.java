/**
 * Traffic on its way into Kafka: history as fast as the cluster takes it, then live at the pace of
 * a simulated clock.
 */
@NullMarked
package io.tillwatch.load.feed;

import org.jspecify.annotations.NullMarked;
