/**
 * Schema ids from a registry that speaks Confluent's REST API (Confluent's own, Apicurio, Karapace,
 * Redpanda), for sites that have one. Nothing here is on the path of a single record: ids are asked
 * for once.
 */
@NullMarked
package io.tillwatch.schemas.registry;

import org.jspecify.annotations.NullMarked;
