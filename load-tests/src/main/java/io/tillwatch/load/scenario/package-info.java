/**
 * Scenarios: YAML files that say what goes wrong when and where, and what only looks like it. From
 * a scenario and a world come the disturbances for the traffic model and the ground truth that
 * incidents are compared with.
 */
@NullMarked
package io.tillwatch.load.scenario;

import org.jspecify.annotations.NullMarked;
