/**
 * The one place where an outside system's adapter is plugged in: its settings are read by {@link
 * io.tillwatch.triage.vendor.VendorSettings}, its notifier is made by {@link
 * io.tillwatch.triage.vendor.Vendors}, and its name stands in {@link
 * io.tillwatch.triage.act.TargetMode}. Adapters know nothing of each other.
 */
@NullMarked
package io.tillwatch.triage.vendor;

import org.jspecify.annotations.NullMarked;
