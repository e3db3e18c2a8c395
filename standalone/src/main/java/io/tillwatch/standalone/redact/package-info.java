/** The command that takes card data, personal data and secrets out of lines of text. */
@NullMarked
package io.tillwatch.standalone.redact;

import org.jspecify.annotations.NullMarked;
