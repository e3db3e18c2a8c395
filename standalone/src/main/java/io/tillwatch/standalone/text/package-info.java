/** What commands print for people. */
@NullMarked
package io.tillwatch.standalone.text;

import org.jspecify.annotations.NullMarked;
