/** How clients reach the Kafka cluster: addresses, encryption, who they are. */
@NullMarked
package io.tillwatch.schemas.kafka;

import org.jspecify.annotations.NullMarked;
