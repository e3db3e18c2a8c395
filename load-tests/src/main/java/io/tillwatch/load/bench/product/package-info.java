/**
 * The shipped topology as people run it: a process started by its command, told by a settings file,
 * asked over HTTP, its cells read from the topic that it restores them from.
 */
@NullMarked
package io.tillwatch.load.bench.product;

import org.jspecify.annotations.NullMarked;
