/**
 * A model of payment traffic: a drawn tenant ({@link io.tillwatch.load.model.World}), what happens
 * to it ({@link io.tillwatch.load.model.Disturbance}) and the events that come of both ({@link
 * io.tillwatch.load.model.Traffic}). Fully determined by a seed; every payment has a random stream
 * of its own, so that a disturbance changes the payments it touches and no other.
 */
@NullMarked
package io.tillwatch.load.model;

import org.jspecify.annotations.NullMarked;
