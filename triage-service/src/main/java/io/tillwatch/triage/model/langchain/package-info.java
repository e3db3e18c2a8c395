/**
 * The port to a model by langchain4j: it writes and reads the vendors' formats, and no more. Its
 * HTTP is the prompt gateway's; no other package sees it.
 */
@NullMarked
package io.tillwatch.triage.model.langchain;

import org.jspecify.annotations.NullMarked;
