/**
 * What is known in writing: sections of runbooks, policy documents and what reviewed incidents came
 * to, found by the words of a question, and cited by id. When nothing fits, it says so.
 */
@NullMarked
package io.tillwatch.triage.library;

import org.jspecify.annotations.NullMarked;
