import Foundation
import Testing

@Suite("The samples")
struct SampleTests {
  /// Compares the whole output directory with the one that is checked in, byte for byte.
  ///
  /// With RECORD_GOLDENS set, writes it instead and fails, so that nobody forgets to look.
  @Test("samples/csp gives what is checked in beside it")
  func csp() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let result = try Program.run(["run", "--workspace", workspace.path])
    #expect(result.code == 1, "the sample has broken rows: \(result.talk)")
    let actual = try Program.goldens(workspace.appending(path: "outbox/2026-10"))
    let golden = Program.root.appending(path: "samples/csp-expected/2026-10")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try Program.record(workspace.appending(path: "outbox/2026-10"), at: golden)
      Issue.record("recorded; look at the change and run again without RECORD_GOLDENS")
      return
    }
    let expected = try Program.files(golden)
    #expect(expected.count > 15, "the goldens are there")
    #expect(Set(actual.keys) == Set(expected.keys))
    for (path, bytes) in expected where actual[path] != bytes {
      Issue.record("\(path) differs from samples/csp-expected/2026-10/\(path)")
    }
  }

  @Test("running again gives the same bytes, and takes nothing in twice")
  func again() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let outbox = workspace.appending(path: "outbox/2026-10")
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    let first = try Program.files(outbox)
    // The same feed delivered once more under another name is a no-op with a note.
    let archived = workspace.appending(path: "archive/2026-10/02-csp-indirect-2026-10.xml")
    try FileManager.default.copyItem(
      at: archived, to: workspace.appending(path: "inbox/again.xml"))
    let second = try Program.run(["run", "--workspace", workspace.path])
    #expect(second.talk.contains("F110"))
    #expect(try Program.files(outbox) == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/inbox").isEmpty)
  }

  @Test("corrected rejects are taken in")
  func rejects() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    let outbox = workspace.appending(path: "outbox/2026-10")
    for (path, bytes) in try Program.files(outbox.appending(path: "rejects")) {
      try bytes.write(to: workspace.appending(path: "inbox/corrected-" + path))
    }
    // Uncorrected, every row is rejected again with the same codes, and none is lost or doubled.
    let result = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    #expect(result.output.contains("rows=53 accepted=24"), "\(result.output)")
  }

  @Test("a new workspace runs as it is")
  func initial() throws {
    let workspace = Program.temporary()
    defer { Program.remove(workspace) }
    #expect(try Program.run(["init", workspace.path]).code == 0)
    let result = try Program.run(["run", "--workspace", workspace.path])
    #expect(result.code == 0, "\(result.talk)")
    #expect(result.output.contains("rows=4 accepted=3 ineligible=1"))
    #expect(try Program.run(["init", workspace.path]).code == 73, "it is not empty any more")
  }

  @Test("a plan in error stops with 78, says where, and changes nothing")
  func configuration() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let plan = workspace.appending(path: "plans/csp-direct-bill.yaml")
    var text = try String(contentsOf: plan, encoding: .utf8)
    text = text.replacing("currency:", with: "curency:")
    try Data(text.utf8).write(to: plan)
    let before = try Program.files(workspace)
    let result = try Program.run(["run", "--workspace", workspace.path])
    #expect(result.code == 78)
    #expect(result.talk.contains("plans/csp-direct-bill.yaml:"))
    #expect(result.talk.contains("Did you mean currency"))
    #expect(try Program.files(workspace) == before)
  }

  @Test("the order of feeds' rows does not change what partners are paid")
  func rowOrder() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    let reference = try Data(contentsOf: workspace.appending(path: "outbox/2026-10/register.csv"))
    let turned = try Program.workspace("csp")
    defer { Program.remove(turned) }
    let feed = turned.appending(path: "inbox/partner-center-2026-10.csv")
    let lines = try String(contentsOf: feed, encoding: .utf8).split(separator: "\r\n")
    let rows = [lines[0]] + lines.dropFirst().reversed()
    try Data((rows.joined(separator: "\r\n") + "\r\n").utf8).write(to: feed)
    _ = try Program.run(["run", "--workspace", turned.path, "--quiet"])
    #expect(
      try Data(contentsOf: turned.appending(path: "outbox/2026-10/register.csv")) == reference)
  }
}
