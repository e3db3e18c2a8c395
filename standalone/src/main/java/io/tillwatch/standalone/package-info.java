/**
 * Everything in one process, with an embedded Kafka broker: the demo, a small site's whole
 * installation, and the one command line that starts every role.
 */
@NullMarked
package io.tillwatch.standalone;

import org.jspecify.annotations.NullMarked;
