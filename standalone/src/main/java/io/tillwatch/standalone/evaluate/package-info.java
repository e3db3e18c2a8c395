/**
 * The {@code evaluate} command: incident cases with a known cause, what people would be told of
 * each, and how often that is right.
 *
 * <p>{@link io.tillwatch.standalone.evaluate.Plots} draws what goes wrong, {@link
 * io.tillwatch.standalone.evaluate.Stage} plays it through the detector of production, {@link
 * io.tillwatch.standalone.evaluate.Hearing} hands what the detector found to the incident desk of
 * production, {@link io.tillwatch.standalone.evaluate.Marks} compares its answer with the truth.
 * What an answer is made of never sees a plot: a case holds what a live incident carries, and the
 * label beside it.
 */
@NullMarked
package io.tillwatch.standalone.evaluate;

import org.jspecify.annotations.NullMarked;
