// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For the targets that touch C pointers: every such use is spelled `unsafe`.
let cInteropSettings = swiftSettings + [.strictMemorySafety()]

let package = Package(
    name: "portico",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "portico", targets: ["Portico"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // Row 0: C shims, a module map and a header each; CEpoll has a function too.
        .systemLibrary(
            name: "CXMLSec",
            pkgConfig: "xmlsec1-openssl",
            providers: [.apt(["libxmlsec1-dev", "libxml2-dev"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CNGHTTP2", pkgConfig: "libnghttp2", providers: [.apt(["libnghttp2-dev"])]),
        .systemLibrary(name: "CPosixSpawn"),
        .target(name: "CEpoll"),

        // Row 1: one purpose each.
        .target(name: "XMLSecurity", dependencies: ["CXMLSec"], swiftSettings: cInteropSettings),
        .target(name: "SAML", swiftSettings: swiftSettings),
        .target(
            name: "PostgreSQL",
            dependencies: ["CLibPQ", .product(name: "Logging", package: "swift-log")],
            swiftSettings: cInteropSettings
        ),
        .target(name: "DNS", dependencies: ["CCAres"], swiftSettings: cInteropSettings),
        .target(name: "Mail", dependencies: ["CCurl"], swiftSettings: cInteropSettings),
        .target(name: "QRCodes", dependencies: ["CQREncode"], swiftSettings: cInteropSettings),
        .target(
            name: "SocketPolling",
            dependencies: ["CEpoll", .product(name: "NIOPosix", package: "swift-nio")],
            swiftSettings: cInteropSettings
        ),
        .target(
            name: "HTTP2Framing",
            dependencies: ["CNGHTTP2", .product(name: "NIOCore", package: "swift-nio")],
            swiftSettings: cInteropSettings
        ),
        .target(name: "LocalServers", dependencies: ["CPosixSpawn"], swiftSettings: swiftSettings),
        .target(
            name: "Fetching",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ],
            swiftSettings: cInteropSettings
        ),

        // Row 2: trusted SAML values; the domain.
        .target(
            name: "SAMLBindings",
            dependencies: ["SAML", "XMLSecurity", "CZlib"],
            swiftSettings: cInteropSettings
        ),
        .target(
            name: "Workspaces",
            dependencies: [
                "SAML",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings
        ),

        // Row 3: what HTTP faces share; persistence.
        .target(
            name: "GatewayHTTP",
            dependencies: [
                "Workspaces",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Storage",
            dependencies: [
                "SAML", "Workspaces", "PostgreSQL",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),

        // Row 4: faces.
        .target(
            name: "WebSSO",
            dependencies: [
                "SAML", "XMLSecurity", "SAMLBindings", "Workspaces", "GatewayHTTP", "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "Console",
            dependencies: [
                "SAML", "XMLSecurity", "SAMLBindings", "Fetching", "QRCodes", "PostgreSQL", "Workspaces", "GatewayHTTP",
                "Storage",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(
            name: "ReverseProxy",
            dependencies: [
                "HTTP2Framing", "SocketPolling", "Workspaces",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: swiftSettings
        ),

        // Row 5: composition and command line.
        .executableTarget(
            name: "Portico",
            dependencies: [
                "SAML", "XMLSecurity", "SAMLBindings", "Workspaces", "PostgreSQL", "LocalServers", "Fetching", "DNS",
                "Mail", "GatewayHTTP", "Storage", "WebSSO", "Console", "ReverseProxy",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: swiftSettings
        ),

        // For tests and the benchmarks only.
        .target(
            name: "SAMLTesting",
            dependencies: ["SAML", "XMLSecurity", "SAMLBindings", "CXMLSec", "CZlib"],
            swiftSettings: swiftSettings
        ),

        .executableTarget(
            name: "ResponseCheckBenchmark",
            dependencies: ["SAML", "XMLSecurity", "SAMLBindings", "SAMLTesting"],
            path: "Benchmarks/ResponseCheck",
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "ByteRelayBenchmark",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Benchmarks/ByteRelay",
            swiftSettings: swiftSettings
        ),

        .testTarget(
            name: "XMLSecurityTests",
            dependencies: ["XMLSecurity", "CXMLSec"],
            exclude: ["Fixtures"],
            swiftSettings: cInteropSettings
        ),
        .testTarget(name: "SAMLTests", dependencies: ["SAML"], swiftSettings: swiftSettings),
        .testTarget(
            name: "SAMLBindingsTests",
            dependencies: ["SAML", "XMLSecurity", "SAMLBindings", "SAMLTesting"],
            exclude: ["Fixtures"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "PostgreSQLTests",
            dependencies: [
                "PostgreSQL", "LocalServers",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "FetchingTests",
            dependencies: [
                "Fetching",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: swiftSettings
        ),
        .testTarget(name: "QRCodesTests", dependencies: ["QRCodes"], swiftSettings: swiftSettings),
        .testTarget(name: "MailTests", dependencies: ["Mail", "LocalServers"], swiftSettings: swiftSettings),
        .testTarget(name: "LocalServersTests", dependencies: ["LocalServers"], swiftSettings: swiftSettings),
        .testTarget(
            name: "WorkspacesTests",
            dependencies: ["SAML", "Workspaces", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "SAML", "Workspaces", "PostgreSQL", "Storage", "LocalServers",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "GatewayHTTPTests",
            dependencies: [
                "Workspaces", "GatewayHTTP",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "WebSSOTests",
            dependencies: [
                "SAML", "XMLSecurity", "SAMLBindings", "SAMLTesting", "Workspaces", "PostgreSQL", "Storage",
                "GatewayHTTP", "WebSSO", "LocalServers",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "Console", "SAML", "XMLSecurity", "Fetching", "SAMLTesting", "Workspaces", "PostgreSQL", "Storage",
                "GatewayHTTP", "LocalServers",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "SocketPollingTests",
            dependencies: [
                "SocketPolling",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "ReverseProxyTests",
            dependencies: [
                "HTTP2Framing", "Workspaces", "ReverseProxy",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "PorticoTests",
            dependencies: [
                "Portico", "SAML", "XMLSecurity", "SAMLTesting", "Workspaces", "DNS", "Mail", "PostgreSQL",
                "Storage", "WebSSO", "LocalServers", "ReverseProxy",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: swiftSettings
        ),
    ]
)
