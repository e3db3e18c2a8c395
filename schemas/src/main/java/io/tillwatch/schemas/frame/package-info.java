/**
 * How a record stands on the wire: byte 0, a 4-byte big-endian schema id, Avro binary. {@link
 * io.tillwatch.schemas.frame.FramedReader} reads such bytes without trusting a single one of them;
 * {@link io.tillwatch.schemas.frame.AvroSerde} makes a Kafka serde of it; {@link
 * io.tillwatch.schemas.frame.SchemaIds} says which id is which schema, from the ids compiled in
 * unless a registry is configured.
 */
@NullMarked
package io.tillwatch.schemas.frame;

import org.jspecify.annotations.NullMarked;
