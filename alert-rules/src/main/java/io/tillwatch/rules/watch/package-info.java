/** What is watched: which KPI of which kind of event, how sensitively, and whether it may page. */
@NullMarked
package io.tillwatch.rules.watch;

import org.jspecify.annotations.NullMarked;
