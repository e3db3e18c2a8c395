/** The chart and the image: rendered by helm itself, read by Kubernetes' own types. */
@NullMarked
package io.tillwatch.standalone.chart;

import org.jspecify.annotations.NullMarked;
