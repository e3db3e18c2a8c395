/**
 * The safety suite of {@code evaluate}: what a model that obeys every order it is given, answers
 * with anything, or does not answer at all can do here.
 *
 * <p>{@link io.tillwatch.standalone.evaluate.safety.Corpora} holds labelled lines: texts with card
 * data, orders hidden in texts of others, raw answers and faults of the way. A {@link
 * io.tillwatch.standalone.evaluate.safety.Drill} plays one of them through the incident desk, the
 * prompt gateway, the adviser and the adapters of production, before stubs on the loopback
 * interface. {@link io.tillwatch.standalone.evaluate.safety.Demands} and {@link
 * io.tillwatch.standalone.evaluate.safety.Expectations} say by name what has to hold of it, {@link
 * io.tillwatch.standalone.evaluate.safety.RedactionScore} what is left of card data, {@link
 * io.tillwatch.standalone.evaluate.safety.WireTracer} whether a field went out that may not.
 */
@NullMarked
package io.tillwatch.standalone.evaluate.safety;

import org.jspecify.annotations.NullMarked;
