import Foundation
import Testing

/// The sample of feeds in other people's layouts.
@Suite("The sample of profiles")
struct ProfileSampleTests {
  private static let expected = Program.root.appending(path: "samples/profiles-expected")

  /// With RECORD_GOLDENS set, writes the files instead and fails, so that nobody forgets to look.
  @Test("a run gives what is checked in beside it, byte for byte")
  func run() throws {
    let workspace = try Program.workspace("profiles")
    defer { Program.remove(workspace) }
    let result = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    #expect(result.code == 1, "\(result.talk)")
    let outbox = workspace.appending(path: "outbox")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      Program.remove(Self.expected)
      try FileManager.default.copyItem(at: outbox, to: Self.expected)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    let (actual, golden) = (try Program.files(outbox), try Program.files(Self.expected))
    #expect(golden.count > 10, "the goldens are there")
    #expect(Set(actual.keys) == Set(golden.keys))
    for (path, bytes) in golden where actual[path] != bytes {
      Issue.record("\(path) differs from samples/profiles-expected/\(path)")
    }
  }

  /// What each feed adds up to, by hand: feed, currency, bucket, rows, amount.
  private static let buckets = [
    "DSR_Contoso_Lucerne_Streams_2026-10_FR_1of2_20261101T030000.tsv EUR accepted 2 2.30",
    "DSR_Contoso_Lucerne_Streams_2026-10_FR_2of2_20261101T030000.tsv EUR accepted 2 4.30",
    "PlayApps_202610.csv EUR accepted 3 8.96", "PlayApps_202610.csv EUR rejected 1 4.72",
    "STL-20261031.01.CSV EUR accepted 2 1000.00", "STL-20261031.01.CSV EUR notYetDue 1 40.00",
    "apple-GB-2026-10.txt GBP accepted 3 31.50", "aws-billing-2026-10.csv USD accepted 2 80.00",
    "dealer-kr-2026-10.csv KRW accepted 2 1580000",
    "haendler-2026-44.csv  rejected 1 ", "haendler-2026-44.csv EUR accepted 2 12300.00",
    "psp-earnings-2026-10.csv EUR accepted 1 -120.00",
    "psp-growth-2026-10.csv USD accepted 2 3400.00", "psp-growth-2026-10.csv USD rejected 1 400.00",
    "psp-history-2026-10.tsv EUR accepted 2 3600.50",
    "psp-history-2026-10.tsv USD accepted 1 800.00", "psp-history-2026-10.tsv USD rejected 1 50.00",
    "shopify-2026-10.csv USD accepted 2 12.00",
  ]

  @Test("what is checked in is what was worked out by hand")
  func byHand() throws {
    let rows = try Outbox(directory: Self.expected.appending(path: "2026-10")).table("buckets.csv")
    let texts = rows.map { row in
      ["feed", "currency", "bucket", "rows", "amount"].map { row[$0] ?? "" }.joined(separator: " ")
    }
    #expect(texts == Self.buckets)
  }

  /// Where the faulty values stand in the bytes of their feeds.
  @Test("places count bytes of the feed, whatever its encoding")
  func places() throws {
    let outbox = try Outbox(directory: Self.expected.appending(path: "2026-10"))
    for row in try outbox.table("errors.csv") where !(row["byteOffset"] ?? "").isEmpty {
      let feed = row["feed"] ?? ""
      guard let value = row["value"], !value.isEmpty, value.allSatisfy(\.isASCII) else { continue }
      let bytes = try Data(
        contentsOf: Program.root.appending(path: "samples/profiles/inbox/\(feed)"))
      let offset = try #require(Int(row["byteOffset"] ?? ""))
      #expect(bytes[offset...].starts(with: Data(value.utf8)), "\(feed): \(value)")
      let before = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      #expect(offset - before + 1 == Int(row["column"] ?? ""), "\(feed): \(value)")
      #expect(bytes[..<offset].count { $0 == 0x0A } + 1 == Int(row["line"] ?? ""))
    }
  }
}
