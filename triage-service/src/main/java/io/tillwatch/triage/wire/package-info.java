/** What others send us, read within limits: documents that are bounded, texts that are one line. */
@NullMarked
package io.tillwatch.triage.wire;

import org.jspecify.annotations.NullMarked;
