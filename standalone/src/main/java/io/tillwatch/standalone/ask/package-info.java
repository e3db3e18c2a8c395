/** {@code tillwatch ask}: runbooks, policy documents and reviewed incidents, by question. */
@NullMarked
package io.tillwatch.standalone.ask;

import org.jspecify.annotations.NullMarked;
