/**
 * Test cases of rules: series of events in, incidents out, through the detector and the desk that
 * work in production, in virtual time.
 */
@NullMarked
package io.tillwatch.standalone.rulecase;

import org.jspecify.annotations.NullMarked;
