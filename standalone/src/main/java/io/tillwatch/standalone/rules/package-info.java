/** Commands about rules: whether they can be used, and what they come to. */
@NullMarked
package io.tillwatch.standalone.rules;

import org.jspecify.annotations.NullMarked;
