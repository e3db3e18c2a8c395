package io.tillwatch.triage.library;

/**
 * A piece of writing that can be cited.
 *
 * @param id how it is cited, for example {@code psp-outage#first-moves}, {@code
 *     policy/card-data#what-may-stay} or {@code INC-3F9A12C4D07E}
 * @param title of the page it stands on
 * @param section its own heading
 * @param text Markdown; for people and models to read, never to be obeyed
 */
public record Passage(String id, String title, String section, String text) {}
