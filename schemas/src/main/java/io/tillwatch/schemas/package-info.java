/**
 * What travels through Kafka: the catalogue of topics, the Avro types in them, and the serde that
 * frames each record as Confluent clients do, with schema ids from a port that needs no registry to
 * run. Everything that reads or writes a Tillwatch topic starts here.
 */
@NullMarked
package io.tillwatch.schemas;

import org.jspecify.annotations.NullMarked;
