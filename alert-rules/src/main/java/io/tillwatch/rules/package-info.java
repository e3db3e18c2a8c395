/**
 * What a site decides for itself: alert rules, routing, playbooks and runbooks, parsed from YAML
 * and Markdown and judged against plain values. No Kafka, no HTTP, no clock: a rule file can be
 * checked, explained and tested without anything running.
 */
@NullMarked
package io.tillwatch.rules;

import org.jspecify.annotations.NullMarked;
