# Three images: what builds, what runs in production (target `portico`), and the demonstration (target `demo`).

FROM swift:6.3-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libxmlsec1-dev libxml2-dev libssl-dev zlib1g-dev libpq-dev libc-ares-dev libcurl4-openssl-dev libnghttp2-dev \
        libqrencode-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# The package's description first, so that its dependencies are fetched once and not for every change of a source.
COPY Package.swift ./
COPY Benchmarks Benchmarks
COPY Sources Sources
COPY Tests Tests
COPY Scripts/build-release Scripts/release-compiler Scripts/
RUN install "$(Scripts/build-release portico)" /usr/local/bin/portico

FROM debian:12-slim AS portico
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates libc-ares2 libcurl4 libnghttp2-14 libpq5 libqrencode4 libxml2 libxmlsec1 libxmlsec1-openssl \
        tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/portico --create-home portico
COPY --from=build /usr/local/bin/portico /usr/local/bin/portico
COPY Migrations /usr/share/portico/Migrations
# The account portico, by number so that a cluster can tell that it is not root.
USER 10001
WORKDIR /var/lib/portico
# Inside a container every address is the container's own.
ENV PORTICO_LISTEN=0.0.0.0:8080 PORTICO_OPS_LISTEN=0.0.0.0:9090
EXPOSE 8080 9090
ENTRYPOINT ["portico"]
CMD ["serve"]

FROM portico AS demo
USER 0
# SimpleSAMLphp wants some web server to be installed; mini-httpd is the smallest, and nothing starts it.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        mini-httpd openssl php-cgi php-cli php-mbstring php-xml simplesamlphp \
    && rm -rf /var/lib/apt/lists/*
USER 10001
ENV PORTICO_DEMO_IDP_LISTEN=0.0.0.0:8090
EXPOSE 8090
CMD ["demo"]
