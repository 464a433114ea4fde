import Foundation
import Testing

@Suite("payout check and statements")
struct StatementCheckTests {
  private static let directory = Program.root.appending(
    path: "samples/csp-expected/2026-10/statements")

  private func check(_ paths: [String]) throws -> Program.Result {
    try Program.run(["check"] + paths)
  }

  @Test("statements as they were written have no findings", arguments: [".csv", ".xml"])
  func sound(ending: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path)
      .filter { $0.hasSuffix(ending) }
    #expect(names.count == 10)
    let result = try check(names.map { Self.directory.appending(path: $0).path })
    #expect(result.code == 0, "\(result.talk)")
    #expect(result.output == "files=10 rows=0 findings=0 exit=0\n")
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    var name: String
    var file = "0048101.csv"
    var old: String
    var new: String
    /// `line:column: error: CODE`, each of them and no other.
    var expected: [String]
    var testDescription: String { name }
  }

  /// Places are those of `samples/csp-expected`.
  static let damages = [
    Damage(
      name: "a payment", old: "1500.49", new: "1500.50", expected: ["12:63: error: C403"]),
    Damage(
      name: "a closing", old: "12,closing,2026-10,CSP Direct Bill Partner,,,,,,,,,,,,0.00",
      new: "12,closing,2026-10,CSP Direct Bill Partner,,,,,,,,,,,,0.01",
      expected: ["13:63: error: C403"]),
    Damage(
      name: "a subtotal's conversion", old: ",258.42,", new: ",258.43,",
      expected: ["9:90: error: C403", "13:63: error: C403"]),
    Damage(
      name: "a line's earned amount", old: "300.493600,USD,,,", new: "300.493700,USD,,,",
      expected: ["9:70: error: C403"]),
    Damage(
      name: "no decimal", old: ",-1260.92,", new: ",-1.260,92,", expected: ["10:1: error: R212"]),
    Damage(
      name: "an amount that is none", old: ",-1260.92,", new: ",x,",
      expected: ["10:60: error: R203", "12:63: error: C403", "13:63: error: C403"]),
    Damage(
      name: "a column less", old: ",reasonCodes,source\r\n", new: ",reasonCodes\r\n",
      expected: ["1:1: error: F103"]),
    Damage(
      name: "an unknown line", old: "11,payment,", new: "11,paid,",
      expected: ["12:12: error: C404"]),
    Damage(
      name: "another partner", old: "0048101,5,", new: "0048102,5,",
      expected: ["6:1: error: C404"]),
    Damage(
      name: "a quote that is never closed", old: "Inc.\",Micro", new: "Inc.,Micro",
      expected: ["7:1: error: F112"]),
    Damage(
      name: "XML: a payment", file: "0048101.xml", old: "<amount>1500.49<",
      new: "<amount>1500.50<", expected: ["14:56: error: C403"]),
    Damage(
      name: "XML: an unknown element", file: "0048101.xml", old: "<opening line=\"1\"",
      new: "<opning line=\"1\"", expected: ["4:5: error: F106"]),
    Damage(
      name: "XML: a DOCTYPE", file: "0048101.xml", old: "<statement ",
      new: "<!DOCTYPE statement><statement ", expected: ["2:1: error: F107"]),
  ]

  @Test("what was changed is found at its place", arguments: damages)
  func damaged(_ damage: Damage) throws {
    let text = try String(
      contentsOf: Self.directory.appending(path: damage.file), encoding: .utf8)
    try #require(text.contains(damage.old))
    let file = Program.temporary().appendingPathExtension(
      damage.file.hasSuffix(".xml") ? "xml" : "csv")
    defer { Program.remove(file) }
    try Data(text.replacing(damage.old, with: damage.new, maxReplacements: 1).utf8).write(to: file)
    let result = try check([file.path])
    #expect(result.code == 1)
    let found = result.talk.matches(of: #/:(\d+:\d+: error: [A-Z]\d+):/#).map { String($0.1) }
    #expect(found == damage.expected, "\(result.talk)")
  }

  @Test("lines that were sorted are one matter, and sums are not told of them")
  func sorted() throws {
    let text = try String(
      contentsOf: Self.directory.appending(path: "0048103.csv"), encoding: .utf8)
    var lines = text.split(separator: "\r\n").map(String.init)
    let header = lines.removeFirst()
    let file = Program.temporary().appendingPathExtension("csv")
    defer { Program.remove(file) }
    let turned = ([header] + lines.reversed()).joined(separator: "\r\n") + "\r\n"
    try Data(turned.utf8).write(to: file)
    let result = try check([file.path])
    #expect(result.code == 1)
    #expect(result.talk.contains("C404") && !result.talk.contains("C403"), "\(result.talk)")
  }

  @Test("a lost line is found by the number of the next one")
  func lostLine() throws {
    let text = try String(
      contentsOf: Self.directory.appending(path: "0048101.csv"), encoding: .utf8)
    var lines = text.split(separator: "\r\n").map(String.init)
    lines.remove(at: 2)
    let file = Program.temporary().appendingPathExtension("csv")
    defer { Program.remove(file) }
    try Data((lines.joined(separator: "\r\n") + "\r\n").utf8).write(to: file)
    let talk = try check([file.path]).talk
    #expect(talk.contains(":3:9: error: C404: line 3 comes after line 1"), "\(talk)")
    #expect(talk.contains("C403: the lines earn 2.50, the subtotal says 1002.50"), "\(talk)")
  }
}
