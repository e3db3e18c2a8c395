/**
 * Rule files as text: YAML read into nodes that know their place, and every problem in them at
 * once, each with file, line, column, what was found and what was expected.
 */
@NullMarked
package io.tillwatch.rules.source;

import org.jspecify.annotations.NullMarked;
