import Foundation
import Testing

@Suite("Rates of closed periods that are no longer in the file")
struct GoneRatesTests {
  /// Closes November with no rate of October in exchange-rates.csv.
  private static func make() throws -> URL {
    let root = try VerifyWorkspace.copy()
    try VerifyWorkspace.edit(root, "exchange-rates.csv") { text in
      text.components(separatedBy: "\n").filter { !$0.hasPrefix("2026-10,") }
        .joined(separator: "\n")
    }
    try VerifyWorkspace.run(root, ["close", "2026-11"])
    return root
  }

  private static let kept = "ledger/closed/2026-11/gone-rates.csv"

  @Test("are kept, and verify proves them")
  func holds() throws {
    let root = try Self.make()
    defer { Program.remove(root) }
    #expect(
      try String(contentsOf: root.appending(path: Self.kept), encoding: .utf8).contains("2026-10"))
    let result = try Program.run(["verify", "--workspace", root.path])
    #expect(result.code == 0, "\(result.talk)")
  }

  @Test("a copy that is changed or gone is damage", arguments: [true, false])
  func damaged(isRemoved: Bool) throws {
    let root = try Self.make()
    defer { Program.remove(root) }
    if isRemoved {
      try VerifyWorkspace.remove(root, Self.kept)
    } else {
      try VerifyWorkspace.edit(root, Self.kept) { $0.replacing(",0.", with: ",1.") }
    }
    for (command, code) in [("verify", 65), ("run", 74)] as [(String, Int32)] {
      let result = try Program.run([command, "--workspace", root.path])
      #expect(result.code == code, "\(result.talk)")
      #expect(result.talk.contains(Self.kept), "\(result.talk)")
    }
  }
}
