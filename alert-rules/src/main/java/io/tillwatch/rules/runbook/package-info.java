/** What to do at three in the morning: one short page per class, Markdown with front matter. */
@NullMarked
package io.tillwatch.rules.runbook;

import org.jspecify.annotations.NullMarked;
