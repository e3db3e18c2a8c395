package io.tillwatch.triage.jira;

/** Which Jira it is. */
public enum JiraEdition {
  /** REST v3, Atlassian Documents, e-mail and API token. */
  CLOUD("/rest/api/3"),
  /** REST v2, wiki markup, personal access token. */
  DATA_CENTER("/rest/api/2");

  private final String api;

  JiraEdition(String api) {
    this.api = api;
  }

  /** What every path begins with. */
  String api() {
    return api;
  }
}
