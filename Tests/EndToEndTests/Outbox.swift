import Foundation
import Testing

/// What a run wrote, read with code that shares nothing with the program.
struct Outbox {
  typealias Record = [String: String]

  let files: [String: Data]

  /// Runs a workspace and takes what is in its output directory; the workspace is removed.
  init(running root: URL) throws {
    defer { Program.remove(root) }
    let result = try Program.run(["run", "--workspace", root.path, "--quiet"])
    try #require(result.code == 0 || result.code == 1, "\(result.talk)")
    files = try Program.files(root.appending(path: "outbox/2026-10"))
  }

  /// Takes what is in an output directory.
  init(directory: URL) throws {
    files = try Program.files(directory)
  }

  /// The records of a file, by the names of its header.
  func table(_ path: String) throws -> [Record] {
    let text = String(decoding: try #require(files[path], "\(path)"), as: UTF8.self)
    let records = Self.records(text)
    let header = try #require(records.first)
    return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// Those in CSV.
  var statements: [String] {
    files.keys.filter { $0.hasPrefix("statements/") && $0.hasSuffix(".csv") }.sorted()
  }

  /// All records of all statements.
  func statementLines() throws -> [Record] {
    try statements.flatMap { try table($0) }
  }

  /// A table without some of its columns.
  func table(_ path: String, without columns: Set<String>) throws -> [Record] {
    try table(path).map { $0.filter { !columns.contains($0.key) } }
  }

  private static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var value = ""
    var isQuoted = false
    var wasQuote = false
    // CRLF is one character of Swift.
    for character in text {
      defer { wasQuote = character == "\"" && !isQuoted }
      switch character {
      case "\"":
        // The second of two quotes is one that is meant.
        if wasQuote, !isQuoted { value.append(character) }
        isQuoted.toggle()
      case ",", "\r\n":
        if isQuoted {
          value.append(character)
          continue
        }
        record.append(value)
        value = ""
        if character == "\r\n" {
          records.append(record)
          record = []
        }
      default: value.append(character)
      }
    }
    return records
  }
}

/// A decimal of at most six places, in millionths; nil for nothing.
func millionths(_ text: String?) throws -> Int {
  guard let text, !text.isEmpty else { return 0 }
  let match = try #require(text.wholeMatch(of: #/(-?)(\d+)(?:\.(\d{1,6}))?/#), "\(text)")
  let part = (match.3 ?? "").padding(toLength: 6, withPad: "0", startingAt: 0)
  let parsed = Int(String(match.2) + part)
  let whole = try #require(parsed)
  return match.1.isEmpty ? whole : -whole
}
