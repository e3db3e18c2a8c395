/** What a run came to, for people and for machines. */
@NullMarked
package io.tillwatch.load.bench.report;

import org.jspecify.annotations.NullMarked;
