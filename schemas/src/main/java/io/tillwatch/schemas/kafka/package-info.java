/**
 * How clients reach the Kafka cluster: addresses, encryption, who they are; and the threads that
 * read it.
 */
@NullMarked
package io.tillwatch.schemas.kafka;

import org.jspecify.annotations.NullMarked;
