// swift-tools-version: 6.2
import PackageDescription

// A package of its own: sanitizers rebuild everything, and these are the only targets that they need (ruling 30). It takes
// Portico's sources through the links `Portico` and `PorticoTests`, and has no dependency outside of them, but llhttp, which
// the link `NIO` finds where the resolution of Portico's own package has put swift-nio.

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let cInteropSettings = swiftSettings + [.strictMemorySafety()]

let samlTargets: [Target.Dependency] = ["SAML", "XMLSecurity", "SAMLBindings", "SAMLTesting"]

let package = Package(
    name: "conformance",
    platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(name: "CXMLSec", path: "Portico/CXMLSec", pkgConfig: "xmlsec1-openssl"),
        .systemLibrary(name: "CZlib", path: "Portico/CZlib", pkgConfig: "zlib"),
        .target(
            name: "XMLSecurity",
            dependencies: ["CXMLSec"],
            path: "Portico/XMLSecurity",
            swiftSettings: cInteropSettings
        ),
        .target(name: "SAML", path: "Portico/SAML", swiftSettings: swiftSettings),
        .target(
            name: "SAMLBindings",
            dependencies: ["SAML", "XMLSecurity", "CZlib"],
            path: "Portico/SAMLBindings",
            swiftSettings: cInteropSettings
        ),
        .target(
            name: "SAMLTesting",
            dependencies: ["SAML", "XMLSecurity", "SAMLBindings", "CZlib"],
            path: "Portico/SAMLTesting",
            swiftSettings: swiftSettings
        ),

        .executableTarget(
            name: "ConformanceChecker",
            dependencies: samlTargets + ["FuzzingOracle"],
            path: "Checker",
            swiftSettings: swiftSettings
        ),
        // Reads other projects' old messages under a policy that only `@testable` can name: a debug build, never an optimized one.
        .executableTarget(
            name: "SecondOpinion",
            dependencies: samlTargets + ["FuzzingOracle"],
            path: "SecondOpinion",
            swiftSettings: swiftSettings
        ),
        .target(name: "FuzzingOracle", dependencies: samlTargets, path: "Fuzzing/Oracle", swiftSettings: swiftSettings),

        // The parsers of HTTP/1, without NIO, and what they are compared with.
        .target(
            name: "ReverseProxy",
            path: "Portico/ReverseProxy/Messages",
            exclude: ["ChunkWriter.swift", "ChunkedBodyReader+ByteBuffer.swift", "TrailerSection.swift"],
            swiftSettings: swiftSettings + [.unsafeFlags(["-enable-testing"])]
        ),
        .target(
            name: "CNIOLLHTTP",
            path: "NIO/CNIOLLHTTP",
            exclude: ["LICENSE", "update_and_patch_llhttp.sh"],
            cSettings: [.define("_GNU_SOURCE"), .define("LLHTTP_STRICT_MODE")]
        ),
        .target(
            name: "HTTPFuzzing",
            dependencies: ["ReverseProxy", "CNIOLLHTTP"],
            path: "Fuzzing/HTTP",
            swiftSettings: swiftSettings
        ),

        .systemLibrary(name: "CLibFuzzer", path: "Fuzzing/CLibFuzzer"),
        .executableTarget(
            name: "Fuzz",
            dependencies: samlTargets + ["FuzzingOracle", "HTTPFuzzing", "CLibFuzzer"],
            path: "Fuzzing/Targets",
            swiftSettings: cInteropSettings
        ),

        // The tests of the SAML targets once more, for ThreadSanitizer.
        .testTarget(
            name: "XMLSecurityTests",
            dependencies: ["XMLSecurity", "CXMLSec"],
            path: "PorticoTests/XMLSecurityTests",
            exclude: ["Fixtures"],
            swiftSettings: cInteropSettings
        ),
        .testTarget(
            name: "SAMLTests",
            dependencies: ["SAML"],
            path: "PorticoTests/SAMLTests",
            swiftSettings: swiftSettings
        ),
        .testTarget(
            name: "SAMLBindingsTests",
            dependencies: samlTargets,
            path: "PorticoTests/SAMLBindingsTests",
            exclude: ["Fixtures"],
            swiftSettings: swiftSettings
        ),
    ]
)
