/**
 * The demo: a day of history, live traffic at many times real speed, an outage that starts by
 * itself, and the incident that Tillwatch makes of it.
 */
@NullMarked
package io.tillwatch.standalone.demo;

import org.jspecify.annotations.NullMarked;
