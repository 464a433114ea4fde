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
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .executableTarget(
      name: "payout",
      dependencies: [
        "Pipeline", "Reports", "Domain", "Workers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Pipeline",
      dependencies: [
        "Workspace", "Feeds", "Eligibility", "Calculation", "Ledger", "Statements",
        "FinanceReports", "Banking", "Reports", "Documents", "Pages", "Prints", "PrintBlocks",
        "Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams", "Workers",
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Workspace",
      dependencies: [
        "Documents", "Pages", "Domain", "ExactMoney", "CSV", "ByteStreams",
        "BuiltInProfiles",
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
    .target(
      name: "Statements",
      dependencies: ["Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams"]),
    .target(
      name: "Pages",
      dependencies: [
        "Documents", "Domain", "ExactMoney", "BuiltInTemplates",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .target(
      name: "BuiltInTemplates", path: "templates",
      resources: [.embedInCode("statement.mustache"), .embedInCode("statement.css")]),
    .target(
      name: "Prints", dependencies: ["Documents", "PrintBlocks", "Domain", "ExactMoney"]),
    .target(name: "PrintBlocks"),
    .target(name: "Documents", dependencies: ["Domain", "ExactMoney"]),
    .target(name: "Reports", dependencies: ["Domain", "CSV", "XMLStream"]),
    .target(
      name: "FinanceReports",
      dependencies: ["Workbook", "Domain", "ExactMoney", "CSV", "ByteStreams"],
      resources: [.embedInCode("report.css"), .embedInCode("report.js")]),
    .target(
      name: "Banking", dependencies: ["Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams"]),
    .target(name: "Domain", dependencies: ["ExactMoney"]),
    .target(name: "ExactMoney"),
    .target(name: "CSV"),
    .target(name: "Workers"),
    .target(name: "XMLStream", dependencies: ["CLibXML2"]),
    .target(name: "Workbook", dependencies: ["ExactMoney", "ByteStreams", "CXLSXWriter"]),
    .target(name: "ByteStreams", dependencies: ["CZlib", "CZstd", "CCrypto", "CLinux"]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(
      name: "TestSupport", dependencies: ["Domain", "ExactMoney"], path: "Tests/TestSupport"),
    .testTarget(name: "ExactMoneyTests", dependencies: ["ExactMoney", "TestSupport"]),
    .testTarget(name: "CSVTests", dependencies: ["CSV", "TestSupport"]),
    .testTarget(name: "WorkersTests", dependencies: ["Workers"]),
    .testTarget(
      name: "ByteStreamsTests",
      dependencies: ["ByteStreams", "CZlib", "CZstd", "CLinux", "TestSupport"]),
    .testTarget(name: "XMLStreamTests", dependencies: ["XMLStream", "TestSupport"]),
    .testTarget(
      name: "WorkspaceTests",
      dependencies: ["Workspace", "Documents", "Domain", "ExactMoney"]),
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
      name: "PagesTests",
      dependencies: [
        "Pages", "Documents", "BuiltInTemplates", "Domain", "ExactMoney", "TestSupport",
      ]),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Documents", "Domain", "ExactMoney", "TestSupport"]),
    .testTarget(
      name: "PrintsTests",
      dependencies: ["Prints", "PrintBlocks", "Documents", "Domain", "ExactMoney", "TestSupport"]),
    .testTarget(name: "PrintBlocksTests", dependencies: ["PrintBlocks", "TestSupport"]),
    .testTarget(
      name: "WorkbookTests", dependencies: ["Workbook", "ExactMoney", "ByteStreams"]),
    .testTarget(
      name: "FinanceReportsTests",
      dependencies: ["FinanceReports", "Domain", "ExactMoney", "TestSupport"]),
    .testTarget(
      name: "BankingTests",
      dependencies: ["Banking", "Domain", "ExactMoney", "ByteStreams", "TestSupport"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Domain", "XMLStream", "TestSupport"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: ["Pipeline", "Feeds", "Domain", "ExactMoney", "ByteStreams", "TestSupport"]),
    .testTarget(name: "EndToEndTests", dependencies: ["payout", "Domain", "TestSupport"]),
    .testTarget(
      name: "CrashTests", dependencies: ["payout", "TestSupport"], exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)

// What draws PDF is a program of its own; PAYOUT_PDF=0 leaves it out, and with it Pango and Cairo.
if Context.environment["PAYOUT_PDF"] != "0" {
  package.products.append(.executable(name: "payout-pdf", targets: ["payout-pdf"]))
  package.targets += [
    .executableTarget(
      name: "payout-pdf", dependencies: ["PDFPages", "PrintBlocks", "ByteStreams", "CLinux"]),
    .target(name: "PDFPages", dependencies: ["PrintBlocks", "CPango"]),
    .systemLibrary(
      name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .testTarget(name: "PDFPagesTests", dependencies: ["PDFPages", "PrintBlocks", "TestSupport"]),
  ]
  for target in package.targets where target.name == "EndToEndTests" {
    target.dependencies.append("payout-pdf")
  }
}

// libFuzzer brings its own main, so the targets are there only for scripts/fuzz.
if Context.environment["PAYOUT_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: ["CSV", "XMLStream", "ExactMoney", "Domain", "ByteStreams", "Workspace"],
      path: "Tests/Fuzz", exclude: ["corpus"]))
}

// Micro-benchmarks of the stages, for scripts/benchmark/stages: their package is resolved only there.
if Context.environment["PAYOUT_BENCHMARKS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
  package.targets.append(
    .executableTarget(
      name: "StageBenchmarks",
      dependencies: [
        "Workspace", "Feeds", "Eligibility", "Calculation", "Domain", "ExactMoney", "CSV",
        "ByteStreams", .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/StageBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
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
