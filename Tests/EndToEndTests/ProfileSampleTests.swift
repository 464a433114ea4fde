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
      try Program.record(outbox, at: Self.expected)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    let (actual, golden) = (try Program.goldens(outbox), try Program.files(Self.expected))
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

  @Test("the example of docs/feeds.md is the profile and the feed of the sample")
  func documented() throws {
    func text(_ path: String, _ encoding: String.Encoding = .utf8) throws -> String {
      try String(contentsOf: Program.root.appending(path: path), encoding: encoding)
    }
    let page = try text("docs/feeds.md")
    let unindented = page.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("   ") ? $0.dropFirst(3) : $0 }.joined(separator: "\n")
    #expect(unindented.contains(try text("samples/profiles/profiles/german-dealer.yaml")))
    let feed = try text("samples/profiles/inbox/haendler-2026-44.csv", .windowsCP1252)
    #expect(page.contains(feed.replacing("\r\n", with: "\n")))
  }

  @Test("rejected rows are corrected and sent again, in every layout and encoding")
  func sentAgain() throws {
    let workspace = try Program.workspace("profiles")
    defer { Program.remove(workspace) }
    func run() throws { _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"]) }
    try run()
    let rejects = workspace.appending(path: "outbox/2026-10/rejects")
    let corrections = [
      ("haendler-2026-44.csv", "99.99", "99,99"),
      ("PlayApps_202610.csv", "R201,earningId: a required value is missing,,", "R201,x,GPA.9,"),
      ("psp-history-2026-10.tsv", "31/10/2026", "10/31/2026"),
      ("psp-growth-2026-10.csv", "GR-2", "GR-3"),
    ]
    #expect(try Program.files(rejects).count == corrections.count)
    for (name, wrong, right) in corrections {
      // Latin-1 keeps every byte what it is.
      let text = try String(contentsOf: rejects.appending(path: name), encoding: .isoLatin1)
      #expect(text.contains(wrong), "\(name)")
      try text.replacing(wrong, with: right).write(
        to: workspace.appending(path: "inbox/\(name)"), atomically: true, encoding: .isoLatin1)
    }
    try run()
    let rows = try Outbox(directory: workspace.appending(path: "outbox/2026-10")).table(
      "buckets.csv")
    let again = rows.filter { ($0["feed"] ?? "").contains("~") }
    #expect(again.count == corrections.count)
    #expect(again.allSatisfy { $0["bucket"] == "accepted" && $0["rows"] == "1" })
  }

  /// The second part of a feed, and then the first.
  @Test("a part waits for the others")
  func parts() throws {
    let workspace = try Program.workspace("profiles")
    defer { Program.remove(workspace) }
    let name = "DSR_Contoso_Lucerne_Streams_2026-10_FR_1of2_20261101T030000.tsv"
    let (inbox, aside) = (
      workspace.appending(path: "inbox/\(name)"), workspace.appending(path: name)
    )
    try FileManager.default.moveItem(at: inbox, to: aside)
    let first = try Program.run(["run", "--workspace", workspace.path])
    #expect(first.talk.contains("F119"), "\(first.talk)")
    #expect(first.output.contains("feeds=10"))
    try FileManager.default.moveItem(at: aside, to: inbox)
    let second = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    #expect(second.output.contains("feeds=12"), "\(second.output)")
  }

  @Test("a feed that was taken in is read by the profile of then, whatever becomes of it")
  func keptProfile() throws {
    let workspace = try Program.workspace("profiles")
    defer { Program.remove(workspace) }
    func run() throws -> String {
      try Program.run(["run", "--workspace", workspace.path, "--quiet"]).output
    }
    let first = try run()
    let profile = workspace.appending(path: "profiles/german-dealer.yaml")
    let text = try String(contentsOf: profile, encoding: .utf8)
    try Data(text.replacing("decimalMark: \",\"\nthousandsMark: \".\"\n", with: "").utf8)
      .write(to: profile)
    let second = try run()
    #expect(first.split(separator: " ").dropLast(2) == second.split(separator: " ").dropLast(2))
    let closed = try Program.run(["close", "2026-10", "--workspace", workspace.path, "--quiet"])
    #expect(closed.code == 1, "\(closed.talk)")
    let verified = try Program.run(["verify", "--workspace", workspace.path])
    #expect(verified.code == 0, "\(verified.output)\(verified.talk)")
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
