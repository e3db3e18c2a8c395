/** Where an incident is told: names of destinations, never their addresses or secrets. */
@NullMarked
package io.tillwatch.rules.route;

import org.jspecify.annotations.NullMarked;
