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
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
    ],
    targets: [
        // Row 0: C shims, a module map and a header each.
        .systemLibrary(
            name: "CXMLSec",
            pkgConfig: "xmlsec1-openssl",
            providers: [.apt(["libxmlsec1-dev", "libxml2-dev"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        // Row 1: one purpose each.
        .target(name: "XMLSecurity", dependencies: ["CXMLSec"], swiftSettings: cInteropSettings),
        .target(name: "SAML", swiftSettings: swiftSettings),
        .target(
            name: "PostgreSQL",
            dependencies: ["CLibPQ", .product(name: "Logging", package: "swift-log")],
            swiftSettings: cInteropSettings
        ),
        .target(name: "LocalServers", swiftSettings: swiftSettings),

        // Row 2: trusted SAML values; the domain.
        .target(
            name: "SAMLBindings",
            dependencies: ["SAML", "XMLSecurity", "CZlib"],
            swiftSettings: cInteropSettings
        ),
        .target(
            name: "Workspaces",
            dependencies: ["SAML", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: swiftSettings
        ),

        // Row 3: what HTTP faces share; persistence.
        .target(
            name: "Storage",
            dependencies: [
                "SAML", "Workspaces", "PostgreSQL",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings
        ),

        // For tests and the benchmarks only.
        .target(
            name: "SAMLTesting",
            dependencies: ["SAML", "XMLSecurity", "SAMLBindings", "CZlib"],
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
        .testTarget(name: "LocalServersTests", dependencies: ["LocalServers"], swiftSettings: swiftSettings),
        .testTarget(name: "WorkspacesTests", dependencies: ["SAML", "Workspaces"], swiftSettings: swiftSettings),
    ]
)
