import Foundation
import Testing

/// What is written does not depend on the number of threads.
@Suite("Threads")
struct ThreadsTests {
  /// Runs with two feeds, then with a third one, for which those two are read again.
  private func outboxes(threads: Int, _ syntax: ([GeneratedWorkspace.Row]) -> String) throws
    -> [Outbox]
  {
    let workspace = GeneratedWorkspace(seed: 77, rowCount: 3000)
    let rows = workspace.rows
    // A feed of which too many rows are rejected is refused behind many batches.
    let broken = rows[..<1500].map { row in row.merging(["transactionAmount": "1,2"]) { $1 } }
    let ending = syntax(rows).hasPrefix("<") ? ".xml" : ".csv"
    let root = try workspace.write([
      "a" + ending: syntax(Array(rows[..<1000])), "b" + ending: syntax(Array(rows[1000..<2500])),
      "broken" + ending: syntax(broken),
    ])
    defer { Program.remove(root) }
    let first = try run(root, threads)
    try Data(syntax(Array(rows[2500...])).utf8).write(to: root.appending(path: "inbox/c" + ending))
    return [first, try run(root, threads)]
  }

  private func run(_ root: URL, _ threads: Int) throws -> Outbox {
    let result = try Program.run([
      "run", "--workspace", root.path, "--quiet", "--threads", "\(threads)",
    ])
    try #require(result.code == 1, "\(result.talk)")
    return try Outbox(directory: root.appending(path: "outbox/2026-10"))
  }

  @Test("any number of them gives the same bytes, CSV", arguments: [2, 3, 7])
  func csv(threads: Int) throws {
    try expectSame(threads) { GeneratedWorkspace.csv($0) }
  }

  @Test("any number of them gives the same bytes, XML", arguments: [2, 4])
  func xml(threads: Int) throws {
    try expectSame(threads) { GeneratedWorkspace.xml($0) }
  }

  private func expectSame(
    _ threads: Int, _ syntax: ([GeneratedWorkspace.Row]) -> String
  ) throws {
    let expected = try outboxes(threads: 1, syntax)
    let actual = try outboxes(threads: threads, syntax)
    for (actual, expected) in zip(actual, expected) {
      #expect(actual.files.keys.sorted() == expected.files.keys.sorted())
      for (path, bytes) in expected.files {
        #expect(actual.files[path] == bytes, "\(path), \(threads) threads")
      }
    }
  }

  @Test("another number than 1 to 16 is refused", arguments: ["0", "17", "-1", "many"])
  func usage(threads: String) throws {
    let result = try Program.run(["run", "--workspace", "/", "--threads=" + threads])
    #expect(result.code == 64)
  }
}
