/** YAML files in which every mistake is reported with file and line. */
@NullMarked
package io.tillwatch.load.yaml;

import org.jspecify.annotations.NullMarked;
