import Domain
import Foundation
import TestSupport
import Testing

/// What `schemas/earnings-feed.xsd` says and what is accepted are the same: libxml2's own validator
/// is asked about feeds that were changed at random.
@Suite("XML feeds and their schema")
struct SchemaAgreementTests {
  private static let xmllint = URL(filePath: "/usr/bin/xmllint")
  private static let schema = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "schemas/earnings-feed.xsd")

  /// What is no question of the schema: control totals that do not match, no rows, a warning.
  private static let others: Set<String> = ["F108", "F113", "F117"]

  @Test(
    "say the same of every feed",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: xmllint.path),
      "xmllint is not installed; scripts/setup installs it"),
    arguments: 1...6 as ClosedRange<UInt64>)
  func agreement(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let feeds = (0..<300).map { _ in MutatedFeed.make(&generator) }
    let valid = try Self.validate(feeds)
    var accepted = 0
    for (feed, isValid) in zip(feeds, valid) {
      let codes = try read(Array(feed.utf8), as: "f.xml", isKnown: false).codes
        .filter { !Self.others.contains($0) }
      #expect(codes.isEmpty == isValid, "\(codes) \(feed)")
      if isValid { accepted += 1 }
    }
    // Both answers are given often.
    #expect((60...240).contains(accepted), "\(accepted)")
  }

  /// What libxml2 says of each feed.
  private static func validate(_ feeds: [String]) throws -> [Bool] {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "payout-schema-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    for (number, feed) in feeds.enumerated() {
      try Data(feed.utf8).write(to: directory.appending(path: "\(number).xml"))
    }
    let log = directory.appending(path: "log")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = xmllint
    process.currentDirectoryURL = directory
    process.arguments =
      ["--noout", "--nonet", "--schema", schema.path] + feeds.indices.map { "\($0).xml" }
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    process.waitUntilExit()
    // 0, or that some feed is not valid or not well-formed.
    try #require([0, 1, 3].contains(process.terminationStatus))
    // What it quotes may be cut inside a character.
    let said = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    let lines = Set(said.split(separator: "\n"))
    return feeds.indices.map { lines.contains("\($0).xml validates") }
  }
}
