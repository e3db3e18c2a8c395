# One image for every role: the arguments are those of ./tillwatch.
#   docker build -t tillwatch .
#   docker run --rm tillwatch topology --help
# The bases are arguments, so that a build can pin digests (name:tag@sha256:...) or use a mirror.
ARG BUILD_IMAGE=docker.io/library/eclipse-temurin:25-jdk-noble
ARG RUNTIME_IMAGE=docker.io/library/eclipse-temurin:25-jre-noble

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
# Tests are CI's: an image is built from a commit that passed .ci/run.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -q -DskipTests -pl standalone -am package

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="Tillwatch" \
      org.opencontainers.image.description="Payment telemetry and incident triage on Kafka Streams" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /opt/tillwatch
COPY LICENSE NOTICE ./
COPY --from=build /src/standalone/target/lib ./lib
COPY --from=build /src/standalone/target/tillwatch.jar ./
# By number: Kubernetes can check runAsNonRoot without a user data base..
RUN install -d -o 10001 -g 10001 /var/lib/tillwatch
USER 10001:10001
EXPOSE 8080
# Java itself is process 1, so that SIGTERM reaches it; the flags are the launcher's (./tillwatch).
# More of them: JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxGCPauseMillis=20", \
    "-XX:+UseTransparentHugePages", \
    "-jar", "/opt/tillwatch/tillwatch.jar"]
CMD ["--help"]
