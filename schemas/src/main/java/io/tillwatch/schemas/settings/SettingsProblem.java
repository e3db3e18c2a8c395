package io.tillwatch.schemas.settings;

/**
 * One thing that is wrong with the settings.
 *
 * @param where file:line, environment variable or option
 * @param key the setting
 * @param found the value, or a stand-in when it is a secret
 * @param expected what would have been right
 */
public record SettingsProblem(String where, String key, String found, String expected) {

  @Override
  public String toString() {
    return "%s: %s is %s, expected %s".formatted(where, key, found, expected);
  }
}
