# Milepost as an image: see "Containers" in ops/OPERATE.md. The tests of ops hold this file to the modules and to pom.xml.
# Base images are pinned by version and not by digest, so that a build takes their security updates.

FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /build
# The poms first: what Maven downloads is kept until one of them changes.
COPY pom.xml ./
COPY command/pom.xml command/
COPY query/pom.xml query/
COPY api/pom.xml api/
COPY ops/pom.xml ops/
RUN mvn --batch-mode --no-transfer-progress --projects command,query,api dependency:go-offline
COPY command/src command/src
COPY query/src query/src
COPY api/src api/src
RUN mvn --batch-mode --no-transfer-progress --projects command,query,api -DskipTests package
# Of the embedded PostgreSQL's programs those that can run here: an image has one system and one processor.
RUN java -Djarmode=tools -jar api/target/milepost-api-*.jar \
        extract --layers --application-filename milepost.jar --destination /layers \
    && rm /layers/dependencies/lib/embedded-postgres-binaries-darwin-* \
        /layers/dependencies/lib/embedded-postgres-binaries-windows-* \
        /layers/dependencies/lib/embedded-postgres-binaries-*-alpine-*

FROM eclipse-temurin:25-jre-noble AS application
# initdb wants its user to have a name. /data is the only place that is written, besides /tmp.
RUN groupadd --gid 10001 milepost \
    && useradd --uid 10001 --gid milepost --no-create-home --home-dir /data --shell /usr/sbin/nologin milepost \
    && install --directory --owner=milepost --group=milepost --mode=700 /data
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
ENV MILEPOST_BIND=0.0.0.0 MILEPOST_DATA_DIR=/data

# A start on the embedded PostgreSQL, up to where it would listen: what Java learns in it makes the next ones quicker.
# The cache fits this Java and these jars at these places; one that does not fit is not used. Java is ended before it has
# stopped PostgreSQL, which ends with this step.
FROM application AS training
USER 10001:10001
RUN MILEPOST_URL=http://127.0.0.1 MILEPOST_DATA_DIR=/tmp/training \
        java -XX:AOTCacheOutput=/tmp/milepost.aot -Dspring.context.exit=onRefresh -jar milepost.jar

FROM application
LABEL org.opencontainers.image.title="Milepost" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.description="An event-sourced progress tracker for city action plans."
COPY --from=training /tmp/milepost.aot ./
USER 10001:10001
VOLUME /data
EXPOSE 8080
# Ready as the management port says it; the image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=3m --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-$((${SERVER_PORT:-8080} + 1))} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-XX:AOTCache=milepost.aot", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "milepost.jar"]
