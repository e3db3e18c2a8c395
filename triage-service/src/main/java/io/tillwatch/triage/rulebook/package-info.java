/**
 * The rules triage works by, and how they change while it works: from files and folders, and from
 * the topic of published rules. A version that cannot be used is refused as a whole, reported, and
 * the one before stays.
 */
@NullMarked
package io.tillwatch.triage.rulebook;

import org.jspecify.annotations.NullMarked;
