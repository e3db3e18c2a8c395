/**
 * What is told of an incident afterwards: its moments, how long each took, and the draft of a
 * postmortem. Pure functions of the incident and its log.
 */
@NullMarked
package io.tillwatch.triage.timeline;

import org.jspecify.annotations.NullMarked;
