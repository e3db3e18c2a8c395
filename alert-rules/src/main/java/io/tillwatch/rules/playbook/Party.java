package io.tillwatch.rules.playbook;

/** Whose it is to mend; written lower case in playbooks. */
public enum Party {
  PSP,
  ISSUER,
  US,
  NETWORK,
  FRAUD,
  UNKNOWN
}
