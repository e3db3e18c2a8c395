/** Where to look: addresses of dashboards, screens and runbooks for one slice and one window. */
@NullMarked
package io.tillwatch.triage.link;

import org.jspecify.annotations.NullMarked;
