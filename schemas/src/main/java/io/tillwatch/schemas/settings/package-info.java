/**
 * Settings: one YAML file per role, each key also an environment variable, secrets also from files.
 * Everything that is wrong is said at once, before anything starts.
 */
@NullMarked
package io.tillwatch.schemas.settings;

import org.jspecify.annotations.NullMarked;
