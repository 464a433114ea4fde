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

  private static let bank = Program.root.appending(path: "samples/payments/bank")
  private static let reconciled = Program.root.appending(
    path: "samples/payments/expected/reconciled")

  /// What the workspace has of the bank's files, by the paths below `expected/reconciled`.
  private func reconciled(_ workspace: PaymentWorkspace) throws -> [String: Data] {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.bank.path).sorted()
    let paths = files.map { Self.bank.appending(path: $0).path }
    let result = try workspace.expect(0, ["reconcile"] + paths)
    #expect(result.output.contains("booked=6 returned=1 rejected=1 unknown=1 open=2"))
    let reports = try Program.files(workspace.root.appending(path: "reconciliation"))
    var all = Dictionary(uniqueKeysWithValues: reports.map { ("reconciliation/" + $0, $1) })
    all["payments/2026-11/payments.csv"] = try workspace.files()["payments.csv"]
    return all
  }

  /// Compares what the bank's files of the sample come to, byte for byte; as ``goldens()`` else.
  @Test("its bank files give the reconciliation that is checked in beside them")
  func reconciliation() throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    let actual = try reconciled(workspace)
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      Program.remove(Self.reconciled)
      for (path, bytes) in actual {
        let url = Self.reconciled.appending(path: path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
      }
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    let golden = try Program.files(Self.reconciled)
    #expect(Set(actual.keys) == Set(golden.keys) && golden.count == 5)
    for (path, bytes) in golden where actual[path] != bytes {
      Issue.record("\(path) differs from samples/payments/expected/reconciled/\(path)")
    }
  }

  /// The sums by hand: 119.06 + 47.60 + 200.05 + 600.05 + 800.05 EUR were issued.
  @Test("what is checked in of the reconciliation is what was worked out by hand")
  func reconciledByHand() throws {
    let directory = Self.reconciled.appending(path: "reconciliation/2026-12")
    let sums = try Outbox(directory: directory).table("summary.csv").filter {
      $0["currency"] == "EUR" && ($0["payments"] != "0" || $0["line"] == "rest")
    }
    #expect(
      sums.map { "\($0["line"] ?? "") \($0["amount"] ?? "")" } == [
        "issued 1766.81", "booked -919.11", "returned -200.05", "rejected -600.05", "open -47.60",
        "rest 0.00",
      ])
    let payments = try Outbox(
      directory: Self.reconciled.appending(path: "payments/2026-11")
    ).table("payments.csv")
    #expect(
      payments.map { "\($0["participantID"] ?? "") \($0["paymentStatus"] ?? "")" } == [
        "005001 Sent", "005001 In progress", "005002 Reversed", "005003 Sent", "005004 Sent",
        "005005 Sent", "005006 Rejected", "005007 In progress", "005008 Sent", "005009 Sent",
      ])
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
