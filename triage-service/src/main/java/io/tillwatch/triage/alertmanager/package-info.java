/**
 * Incidents as Alertmanager would tell of them, so that receivers written for its webhook work; or
 * as alerts handed to an Alertmanager.
 */
@NullMarked
package io.tillwatch.triage.alertmanager;

import org.jspecify.annotations.NullMarked;
