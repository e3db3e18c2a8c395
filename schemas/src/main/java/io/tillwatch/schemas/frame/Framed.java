package io.tillwatch.schemas.frame;

import org.apache.avro.specific.SpecificRecord;

/** A record as it was read, with the id of the schema it was written with. */
public record Framed<T extends SpecificRecord>(int schemaId, T value) {}
