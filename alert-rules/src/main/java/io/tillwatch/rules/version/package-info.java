/**
 * Which version of a site's rules is in force, and how another takes its place while work goes on:
 * as a whole or not at all. Whoever follows files or a topic offers what it has seen.
 */
@NullMarked
package io.tillwatch.rules.version;

import org.jspecify.annotations.NullMarked;
