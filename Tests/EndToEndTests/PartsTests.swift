import Foundation
import Testing

@Suite("A feed in several files, one of which is refused for what it holds")
struct PartsTests {
  private static let directory = Program.root.appending(path: "samples/rejected/F119")

  /// The sample workspace, with a profile of feeds in parts.
  private final class Fixture {
    let root: URL

    init() throws {
      root = try Program.workspace("csp")
      let profiles = root.appending(path: "profiles")
      try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: PartsTests.directory.appending(path: "parts.yaml"),
        to: profiles.appending(path: "parts.yaml"))
      let configuration = root.appending(path: "payout.yaml")
      let text = try String(contentsOf: configuration, encoding: .utf8)
      try Data((text + "\nfeeds: [{files: \"part-*\", profile: parts}]\n").utf8)
        .write(to: configuration)
    }

    deinit { Program.remove(root) }

    /// Puts a part of two into the inbox.
    ///
    /// - Parameter fault: Ends the file with a byte that is not UTF-8.
    func deliver(_ number: Int, as name: String, fault: Bool = false) throws {
      let rows = (1...3).map { "ROW,P\(number)-\($0),2026-10-0\($0),100.0\(number)\n" }
      let text = "HEAD,2026-10,\(number),2\nNAMES,id,date,amount\n" + rows.joined()
      try (Data(text.utf8) + (fault ? Data([0xFF, 0x0A]) : Data()))
        .write(to: root.appending(path: "inbox/\(name)"))
    }

    func deliver(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: root.appending(path: "inbox/\(name)"))
    }

    func run(_ verb: String = "run") throws -> Program.Result {
      try Program.run([verb, "--workspace", root.path])
    }

    var waiting: [String] {
      get throws {
        try FileManager.default.contentsOfDirectory(
          atPath: root.appending(path: "inbox").path
        ).filter { $0.hasPrefix("part-") }.sorted()
      }
    }

    func table(_ name: String) throws -> [Outbox.Record] {
      try Outbox(directory: root.appending(path: "outbox/2026-10")).table(name)
    }
  }

  @Test("stays out as a whole, and is taken in together once mended", arguments: [1, 2])
  func mended(bad: Int) throws {
    let fixture = try Fixture()
    let good = 3 - bad
    try fixture.deliver(bad, as: "part-\(bad).csv", fault: true)
    try fixture.deliver(good, as: "part-\(good).csv")
    let first = try fixture.run()
    #expect(first.code == 1)
    #expect(
      first.talk.contains("part \(good) of 2 of 2026-10, of which part \(bad) is refused"),
      "\(first.talk)")
    #expect(try fixture.waiting == ["part-1.csv", "part-2.csv"])
    let errors = try fixture.table("errors.csv").filter { $0["feed"]?.hasPrefix("part-") == true }
    #expect(errors.map { $0["code"] } == (bad == 1 ? ["F102", "F119"] : ["F119", "F102"]))
    #expect(try fixture.table("buckets.csv").allSatisfy { $0["feed"]?.hasPrefix("part-") != true })
    try fixture.deliver(bad, as: "part-\(bad).csv")
    _ = try fixture.run()
    #expect(try fixture.waiting.isEmpty)
    let rows = try fixture.table("buckets.csv").filter { $0["feed"]?.hasPrefix("part-") == true }
    #expect(rows.map { $0["rows"] } == ["3", "3"])
    let verified = try fixture.run("verify")
    #expect(verified.code == 0, "\(verified.output)")
  }

  /// The row of the part that is held back is no longer known when the other feed is read.
  @Test("leaves no trace in what other feeds are compared with")
  func compared() throws {
    let fixture = try Fixture()
    try fixture.deliver(1, as: "part-1.csv")
    try fixture.deliver(2, as: "part-2.csv", fault: true)
    let header =
      "earningId,participantId,programName,transactionDate,transactionCurrency,transactionAmount,"
      + "solutionArea\n"
    try fixture.deliver(
      "z.csv", header + "P1-1,0048101,CSP Direct Bill Partner,2026-10-01,EUR,7.00,Azure\n")
    let run = try fixture.run()
    #expect(!run.talk.contains("\nz.csv:"), "\(run.talk)")
    let rows = try fixture.table("buckets.csv").filter { $0["feed"] == "z.csv" }
    #expect(rows.map { $0["bucket"] } == ["accepted"])
  }

  @Test("a second copy of a part is refused by itself, and so is one that comes later")
  func copies() throws {
    let fixture = try Fixture()
    try fixture.deliver(1, as: "part-1.csv")
    try fixture.deliver(2, as: "part-2.csv")
    try fixture.deliver(2, as: "part-2-bad.csv", fault: true)
    let first = try fixture.run()
    #expect(try fixture.waiting == ["part-2-bad.csv"], "\(first.talk)")
    try fixture.deliver(
      "part-3.csv", "HEAD,2026-10,2,2\nNAMES,id,date,amount\nROW,P2-9,2026-10-09,9.00\n")
    let second = try fixture.run()
    #expect(try fixture.waiting == ["part-2-bad.csv", "part-3.csv"])
    #expect(!second.talk.contains("F119"), "\(second.talk)")
    #expect(second.talk.contains("part-3.csv: error: F109"), "\(second.talk)")
  }

  @Test("is said by check, too")
  func checked() throws {
    let fixture = try Fixture()
    try fixture.deliver(1, as: "part-1.csv")
    try fixture.deliver(2, as: "part-2.csv", fault: true)
    let result = try Program.run([
      "check", "--workspace", fixture.root.path, "--format", "json",
    ])
    #expect(result.output.contains("of which part 2 is refused"), "\(result.output)")
    #expect(result.output.contains("F102"))
  }
}
