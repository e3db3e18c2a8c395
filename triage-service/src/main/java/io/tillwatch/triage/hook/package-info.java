/**
 * What other systems tell us by webhook: deployments of GitHub and GitLab as changes, alerts of
 * Alertmanager and Grafana as alerts. Plain functions from what was sent to what is kept; who may
 * send is asked in {@link io.tillwatch.triage.hook.Proof}.
 */
@NullMarked
package io.tillwatch.triage.hook;

import org.jspecify.annotations.NullMarked;
