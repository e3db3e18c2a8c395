package io.tillwatch.triage.jira;

/**
 * Where an incident's issue is made.
 *
 * @param project key of the project
 * @param issueType name of the type
 */
record Route(String project, String issueType) {}
