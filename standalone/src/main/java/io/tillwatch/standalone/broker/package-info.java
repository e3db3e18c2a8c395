/**
 * A real Kafka broker inside this process: KRaft, broker and controller in one, one log folder.
 * Nothing else in the product knows whether its cluster is this one or a company's.
 */
@NullMarked
package io.tillwatch.standalone.broker;

import org.jspecify.annotations.NullMarked;
