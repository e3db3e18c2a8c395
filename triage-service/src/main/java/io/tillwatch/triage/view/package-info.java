/**
 * What people look at: incidents and their log as committed to the topics, held in memory, bounded.
 * Nothing here decides anything; it may be lost and is read again.
 */
@NullMarked
package io.tillwatch.triage.view;

import org.jspecify.annotations.NullMarked;
