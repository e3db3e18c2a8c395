/**
 * What of our records may go to a model, and in which form: a policy file lists it field by field,
 * and what it does not list is dropped. Free text goes out as data between delimiters that whoever
 * wrote it cannot know.
 */
@NullMarked
package io.tillwatch.triage.gateway.policy;

import org.jspecify.annotations.NullMarked;
