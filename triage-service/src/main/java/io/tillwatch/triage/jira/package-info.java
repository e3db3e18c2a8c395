/**
 * Tickets in Jira: Cloud (REST v3) and Data Center (REST v2).
 *
 * <p>An incident has one issue for as long as it lives. What decides that is {@link
 * io.tillwatch.triage.jira.CreateOnce}; what is written is {@link
 * io.tillwatch.triage.jira.TicketText}, rendered by {@link io.tillwatch.triage.jira.Adf} or {@link
 * io.tillwatch.triage.jira.WikiMarkup}; what goes over the wire is {@link
 * io.tillwatch.triage.jira.JiraClient}.
 */
@NullMarked
package io.tillwatch.triage.jira;

import org.jspecify.annotations.NullMarked;
