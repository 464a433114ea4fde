// swift-tools-version: 6.2
import PackageDescription

// One way along the path of the data: a room imports only rooms listed further down.
// `docs/architecture.md` says what each room is for; `HouseTests` in EndToEndTests proves the arrows.
let package = Package(
  name: "payout",
  products: [.executable(name: "payout", targets: ["payout"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .executableTarget(
      name: "payout",
      dependencies: [
        "Pipeline", "Reports", "Domain",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Pipeline",
      dependencies: [
        "Workspace", "Feeds", "Eligibility", "Calculation", "Ledger", "Statements", "Banking",
        "Reports", "Domain", "ExactMoney", "CSV", "ByteStreams",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Workspace",
      dependencies: [
        "Domain", "ExactMoney", "CSV", "ByteStreams", "BuiltInProfiles",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "BuiltInProfiles", path: "profiles",
      resources: [
        "apple-financial", "aws-marketplace", "ddex-sales", "google-play", "partner-center",
        "partner-center-growth", "paypal-settlement", "shopify-partners",
      ].map { .embedInCode("\($0).yaml") }),
    .target(
      name: "Feeds", dependencies: ["Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams"]),
    .target(name: "Eligibility", dependencies: ["Domain"]),
    .target(name: "Calculation", dependencies: ["Domain", "ExactMoney"]),
    .target(name: "Ledger", dependencies: ["Domain", "ExactMoney", "ByteStreams", "CSQLite"]),
    .target(name: "Statements", dependencies: ["Domain", "ExactMoney", "CSV", "ByteStreams"]),
    .target(
      name: "Banking", dependencies: ["Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams"]),
    .target(name: "Reports", dependencies: ["Domain", "CSV"]),
    .target(name: "Domain", dependencies: ["ExactMoney"]),
    .target(name: "ExactMoney"),
    .target(name: "CSV"),
    .target(name: "XMLStream", dependencies: ["CLibXML2"]),
    .target(name: "ByteStreams", dependencies: ["CZlib", "CZstd", "CCrypto", "CLinux"]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "TestSupport", dependencies: ["Domain", "ExactMoney"], path: "Tests/TestSupport"),
    .testTarget(name: "ExactMoneyTests", dependencies: ["ExactMoney", "TestSupport"]),
    .testTarget(name: "CSVTests", dependencies: ["CSV", "TestSupport"]),
    .testTarget(
      name: "ByteStreamsTests",
      dependencies: ["ByteStreams", "CZlib", "CZstd", "CLinux", "TestSupport"]),
    .testTarget(name: "XMLStreamTests", dependencies: ["XMLStream", "TestSupport"]),
    .testTarget(name: "WorkspaceTests", dependencies: ["Workspace", "Domain", "ExactMoney"]),
    .testTarget(name: "DomainTests", dependencies: ["Domain", "ExactMoney", "TestSupport"]),
    .testTarget(
      name: "EligibilityTests",
      dependencies: ["Eligibility", "Domain", "ExactMoney", "TestSupport"]),
    .testTarget(
      name: "CalculationTests",
      dependencies: ["Calculation", "Domain", "ExactMoney", "TestSupport"]),
    .testTarget(
      name: "LedgerTests",
      dependencies: ["Ledger", "Domain", "ExactMoney", "ByteStreams", "TestSupport"]),
    .testTarget(
      name: "FeedsTests",
      dependencies: [
        "Feeds", "Workspace", "Domain", "ExactMoney", "ByteStreams", "CZlib", "TestSupport",
      ]),
    .testTarget(
      name: "StatementsTests", dependencies: ["Statements", "Domain", "ExactMoney", "TestSupport"]),
    .testTarget(
      name: "BankingTests",
      dependencies: ["Banking", "Domain", "ExactMoney", "ByteStreams", "TestSupport"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Domain", "XMLStream", "TestSupport"]),
    .testTarget(
      name: "PipelineTests", dependencies: ["Pipeline", "Domain", "ByteStreams", "TestSupport"]),
    .testTarget(name: "EndToEndTests", dependencies: ["payout", "Domain", "TestSupport"]),
    .testTarget(
      name: "CrashTests", dependencies: ["payout", "TestSupport"], exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings its own main, so the targets are there only for scripts/fuzz.
if Context.environment["PAYOUT_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: ["CSV", "XMLStream", "ExactMoney", "Domain", "ByteStreams", "Workspace"],
      path: "Tests/Fuzz", exclude: ["corpus"]))
}

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .strictMemorySafety(),
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .treatAllWarnings(as: .error),
      .treatWarning("DeprecatedDeclaration", as: .warning),
    ]
}
