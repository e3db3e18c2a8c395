/**
 * What keeps people from being told: silences of people, for a time and for a reason, and incidents
 * that stand in front of others. The incident itself is opened, shown and logged all the same.
 */
@NullMarked
package io.tillwatch.rules.suppress;

import org.jspecify.annotations.NullMarked;
