import Foundation
import Testing

@Suite("samples/payments")
struct PaymentSampleTests {
  private static let expected = Program.root.appending(path: "samples/payments/expected/2026-11")

  /// Compares all payment files with those that are checked in, byte for byte.
  ///
  /// With RECORD_GOLDENS set, writes them instead and fails, so that nobody forgets to look.
  @Test("its close gives the payment files that are checked in beside it")
  func goldens() throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      Program.remove(Self.expected)
      try FileManager.default.createDirectory(
        at: Self.expected.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: workspace.payments, to: Self.expected)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    let (actual, golden) = (try workspace.files(), try Program.files(Self.expected))
    #expect(Set(actual.keys) == Set(golden.keys) && golden.count == 8)
    for (path, bytes) in golden where actual[path] != bytes {
      Issue.record("\(path) differs from samples/payments/expected/2026-11/\(path)")
    }
  }

  /// The amounts by hand: 10% or 5% of what was sold, converted, with taxes.
  @Test("what is checked in is what was worked out by hand")
  func byHand() throws {
    let report = try Outbox(directory: Self.expected).table("payments.csv")
    let shown = report.map { row in
      ["participantID", "totalPayment", "paymentCurrencyCode", "paymentStatus", "paymentDate"]
        .map { row[$0] ?? "" }.joined(separator: " ")
    }
    #expect(
      shown == [
        // 1000.50 × 10% = 100.05, and 19% of it = 19.0095.
        "005001 119.06 EUR In progress 2026-12-21",
        // 800.00 × 5% = 40.00, and 19% of it; due five days later, after two holidays.
        "005001 47.60 EUR In progress 2026-12-29",
        "005002 200.05 EUR In progress 2026-12-21",
        // 300.05 × 1.16 = 348.058, less 10% = 34.806; 21 December is a holiday of USD.
        "005003 313.25 USD In progress 2026-12-22",
        // 400.05 × 1.16 = 464.058.
        "005004 464.06 USD In progress 2026-12-22",
        // 500.05 × 0.87 = 435.0435.
        "005005 435.04 GBP In progress 2026-12-21",
        "005006 600.05 EUR In progress 2026-12-21",
        // 700.05 × 1653.5 = 1157532.675; by hand.
        "005007 1157533 KRW In progress ",
        "005008 800.05 EUR In progress 2026-12-21",
        "005009 900.05 EUR Sent 2026-11-30",
      ])
    #expect(report[3]["earned"] == "348.06" && report[3]["withheldTax"] == "34.81")
    #expect(report[5]["earnedUSD"] == "578.60", "435.04 × 1.33")
    #expect(report[7]["earnedUSD"] == "", "no rate leads from KRW to USD")
  }

  private static let schemaFile = ProcessInfo.processInfo.environment["PAYOUT_PAIN_SCHEMA"]

  @Test(
    "is valid by the schema of ISO 20022",
    .enabled(
      if: schemaFile != nil,
      "PAYOUT_PAIN_SCHEMA names no pain.001.001.09.xsd: the files are not validated"))
  func isValid() throws {
    for name in try Program.files(Self.expected).keys where name.hasSuffix(".xml") {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/xmllint")
      process.arguments = [
        "--noout", "--nonet", "--schema", Self.schemaFile ?? "",
        Self.expected.appending(path: name).path,
      ]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(name)")
    }
  }
}
