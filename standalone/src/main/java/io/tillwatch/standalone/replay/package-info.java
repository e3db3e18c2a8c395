/**
 * History through the real pipeline: a file's events go the way of live ones, and what the cube
 * holds afterwards is compared with a plain recount of the file.
 */
@NullMarked
package io.tillwatch.standalone.replay;

import org.jspecify.annotations.NullMarked;
