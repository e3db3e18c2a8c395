# Points JAVA_HOME at a JDK 25, unless it already is one. Sourced, by POSIX shells.
# Finding none is not an error here: the build says what it needs.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null
}

if ! is_jdk_25 "${JAVA_HOME-}"; then
  for candidate in \
    "${JDK25_HOME-}" "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}" \
    /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /opt/*jdk*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      break
    fi
  done
fi
unset candidate
