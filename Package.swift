// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "portico",
    platforms: [.macOS(.v15)],
    targets: [
        // Row 1: one purpose each.
        .target(name: "SAML", swiftSettings: swiftSettings),

        // For tests and the benchmarks only.
        .testTarget(name: "SAMLTests", dependencies: ["SAML"], swiftSettings: swiftSettings),
    ]
)
