import Foundation
import Testing

/// The samples of more than one period, each with what every close of it must write.
@Suite("The samples over several periods")
struct YearSampleTests {
  private static let names = ["carried-threshold", "clawback", "currency-change", "late-row"]

  /// Compares the final output directories with those that are checked in, byte for byte.
  ///
  /// With RECORD_GOLDENS set, writes them instead and fails, so that nobody forgets to look.
  @Test("every close gives what is checked in beside it", arguments: names)
  func closes(name: String) throws {
    let sample = Program.root.appending(path: "samples/" + name)
    let expected = sample.appending(path: "expected")
    let workspace = try Program.workspace(name + "/workspace")
    defer { Program.remove(workspace) }
    let periods = try FileManager.default.contentsOfDirectory(atPath: sample.path)
      .filter { $0.contains(#/^\d{4}-\d\d$/#) }.sorted()
    #expect(periods.count > 1)
    for period in periods {
      try deliver(sample.appending(path: period), to: workspace)
      for command in [["run"], ["close", period]] {
        let result = try Program.run(command + ["--workspace", workspace.path, "--quiet"])
        #expect(result.code == 0, "\(command): \(result.talk)")
      }
    }
    let outbox = workspace.appending(path: "outbox")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Program.record(outbox, at: expected)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    let (actual, golden) = (try Program.goldens(outbox), try Program.files(expected))
    #expect(golden.count > 8 * periods.count, "the goldens are there")
    #expect(Set(actual.keys) == Set(golden.keys))
    for (path, bytes) in golden where actual[path] != bytes {
      Issue.record("\(path) differs from samples/\(name)/expected/\(path)")
    }
  }

  /// Copies what comes before the run of a period over the workspace.
  private func deliver(_ folder: URL, to workspace: URL) throws {
    for (path, bytes) in try Program.files(folder) {
      let target = workspace.appending(path: path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: target)
    }
  }

  /// The payments and closings by hand, as the README of each sample has them.
  private static let figures = [
    "carried-threshold": ["2026-10 0.00 60.00", "2026-11 110.00 0.00"],
    "clawback": ["2026-10 200.00 0.00", "2026-11 0.00 -150.00", "2026-12 100.00 0.00"],
    "currency-change": ["2026-10 0.00 30.00", "2026-11 0.00 0.00", "2026-11 77394 0"],
    "late-row": ["2026-10 2400.00 0.00", "2026-11 1800.00 0.00"],
  ]

  @Test("what is checked in is what was worked out by hand", arguments: names)
  func byHand(name: String) throws {
    let expected = Program.root.appending(path: "samples/\(name)/expected")
    var actual: [String] = []
    for period in try FileManager.default.contentsOfDirectory(atPath: expected.path).sorted() {
      let rows = try Outbox(directory: expected.appending(path: period)).table("register.csv")
      let texts = rows.map { "\(period) \($0["totalPayment"] ?? "") \($0["closing"] ?? "")" }
      actual += texts.sorted()
    }
    #expect(actual == Self.figures[name])
  }
}
