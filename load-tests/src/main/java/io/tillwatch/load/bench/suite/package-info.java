/** What is measured: suites, the laps they are made of, and who takes part. */
@NullMarked
package io.tillwatch.load.bench.suite;

import org.jspecify.annotations.NullMarked;
