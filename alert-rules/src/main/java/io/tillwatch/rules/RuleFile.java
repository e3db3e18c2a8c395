package io.tillwatch.rules;

/** A file's name, as problems show it, and its text. */
record RuleFile(String name, String text) {}
