/**
 * Labelled recordings of cells for the back-test: a tenant drawn from a seed ({@link
 * io.tillwatch.load.recording.Tenant}), what happens to it ({@link
 * io.tillwatch.load.recording.EventPlan}), and the counts of each minute that come of both ({@link
 * io.tillwatch.load.recording.Recorder}). No payment is simulated, only how many there are; so two
 * weeks take seconds. Each draw has a random stream found by what it is for: an event changes the
 * leaves it touches and no other.
 */
@NullMarked
package io.tillwatch.load.recording;

import org.jspecify.annotations.NullMarked;
