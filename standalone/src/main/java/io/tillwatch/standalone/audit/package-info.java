/** The incident log for those who audit it: taken out, and verified. */
@NullMarked
package io.tillwatch.standalone.audit;

import org.jspecify.annotations.NullMarked;
