/** Which incidents a rule is about: by what they are, and by where they are. */
@NullMarked
package io.tillwatch.rules.match;

import org.jspecify.annotations.NullMarked;
