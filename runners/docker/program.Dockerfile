# The program itself, for conf/schedules/kubernetes.yaml: it trains in its own process, or sends jobs
# to a cluster. The build context is the repository.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /opt/ticketflow
COPY . .
RUN runners/bin/ticketflow --version

# A build that comes without sources is never built again.
FROM eclipse-temurin:17-jre
COPY --from=build /opt/ticketflow/conf /opt/ticketflow/conf
COPY --from=build /opt/ticketflow/runners/bin /opt/ticketflow/runners/bin
COPY --from=build /opt/ticketflow/runners/target/app /opt/ticketflow/runners/target/app
ENV PATH=/opt/ticketflow/runners/bin:$PATH DJL_CACHE_DIR=/tmp/djl
USER 10001
ENTRYPOINT ["ticketflow"]
