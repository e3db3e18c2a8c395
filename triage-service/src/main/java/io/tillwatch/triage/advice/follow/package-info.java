/**
 * Keeps advice on what burns: follows the incidents, asks the adviser about those that are told and
 * have changed, and writes what it says to its topic, from where the desk takes it. On a thread of
 * its own: a model that hangs delays nothing but itself.
 */
@NullMarked
package io.tillwatch.triage.advice.follow;

import org.jspecify.annotations.NullMarked;
