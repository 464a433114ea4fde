import Foundation
import Testing

@Suite("Corrected and sent again, in every syntax and encoding")
struct CorrectedFeedTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let encoding: String.Encoding
    /// What the XML declares.
    var declared = ""
    var mark = ""
    let name: String
    /// Where the wrong date stands: line, column, offset.
    let place: [Int]
    var testDescription: String { "\(file) \(declared)" }

    var isXML: Bool { file.hasSuffix(".xml") }
  }

  /// Worked out by hand: in a.csv the header has 116 bytes with its line end, the right row 70 with `é` as
  /// two, and `A-2,0048101,CSP Direct Bill Partner,` 36.
  static let cases: [Case] = [
    Case(file: "a.csv", encoding: .utf8, name: "Café", place: [3, 37, 222]),
    Case(file: "t.tsv", encoding: .utf8, name: "Café", place: [3, 37, 222]),
    Case(file: "w.txt", encoding: .windowsCP1252, name: "Café", place: [3, 37, 221]),
    // 한 and 빛 have two bytes each, as many as the four letters of `Café` in windows-1252.
    Case(file: "k.txt", encoding: cp949, name: "한빛", place: [3, 37, 221]),
    Case(
      file: "u.txt", encoding: .utf16LittleEndian, mark: "\u{FEFF}", name: "한빛",
      place: [3, 73, 440]),
    Case(file: "x.xml", encoding: .utf8, declared: "UTF-8", name: "Café", place: [4, 141, 562]),
    Case(
      file: "x.xml", encoding: .utf16LittleEndian, declared: "UTF-16", mark: "\u{FEFF}",
      name: "한빛", place: [4, 281, 1122]),
    Case(file: "x.xml", encoding: cp949, declared: "EUC-KR", name: "한빛", place: [4, 141, 562]),
    Case(
      file: "x.xml", encoding: .windowsCP1252, declared: "windows-1252", name: "Café",
      place: [4, 141, 568]),
  ]

  private static let cp949 = String.Encoding(rawValue: 0x8000_0422)
  private static let wrong = "05.10.2026"
  private static let fields = [
    "earningId", "participantId", "programName", "transactionDate", "transactionCurrency",
    "transactionAmount", "solutionArea", "customerName",
  ]

  private static func text(_ example: Case) -> String {
    let rows = [("A-1", "2026-10-05"), ("A-2", wrong)].map { id, date in
      [id, "0048101", "CSP Direct Bill Partner", date, "EUR", "100.00", "Azure", example.name]
    }
    guard example.isXML else {
      let delimiter = example.file.hasSuffix(".tsv") ? "\t" : ","
      return ([fields] + rows).map { $0.joined(separator: delimiter) + "\n" }.joined()
    }
    let elements = rows.map { row in
      "<earning>" + zip(fields, row).map { "<\($0)>\($1)</\($0)>" }.joined() + "</earning>\n"
    }
    return "<?xml version=\"1.0\" encoding=\"\(example.declared)\"?>\n"
      + "<earningsFeed xmlns=\"urn:payout:earnings:1\">\n" + elements.joined()
      + "</earningsFeed>\n"
  }

  private static func workspace(_ example: Case) throws -> URL {
    let root = try Program.workspace("csp")
    let profiles = root.appending(path: "profiles")
    try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
    let columns = "fields:\n" + fields.map { "  \($0): \($0)\n" }.joined()
    for (name, says) in [
      ("t", "delimiter: tab\n"), ("w", "encoding: windows-1252\n"), ("k", "encoding: CP949\n"),
      ("u", "encoding: UTF-16\n"),
    ] {
      let yaml = "profile: \(name)\ndescription: A layout of these tests.\n" + says + columns
      try Data(yaml.utf8).write(to: profiles.appending(path: name + ".yaml"))
    }
    let configuration = root.appending(path: "payout.yaml")
    let patterns = [("t.tsv", "t"), ("w.txt", "w"), ("k.txt", "k"), ("u.txt", "u")]
      .map { "  - {files: \($0), profile: \($1)}\n" }.joined()
    let yaml = try String(contentsOf: configuration, encoding: .utf8) + "\nfeeds:\n" + patterns
    try Data(yaml.utf8).write(to: configuration)
    return root
  }

  @Test(
    "the row is found where it stands, goes back, and is told with its history", arguments: cases)
  func roundTrip(_ example: Case) throws {
    let root = try Self.workspace(example)
    defer { Program.remove(root) }
    let inbox = root.appending(path: "inbox/" + example.file)
    let feed = try #require((example.mark + Self.text(example)).data(using: example.encoding))
    try feed.write(to: inbox)
    _ = try Program.run(["run", "--workspace", root.path, "--quiet"])
    let outbox = root.appending(path: "outbox/2026-10")
    let error = try #require(
      try Outbox(directory: outbox).table("errors.csv").first { $0["feed"] == example.file })
    #expect(error["code"] == "R202")
    #expect(["line", "column", "byteOffset"].map { Int(error[$0] ?? "") } == example.place)
    // Rejected rows of XML come as UTF-8, others as they were.
    let encoding = example.isXML ? .utf8 : example.encoding
    let rejects = try Data(contentsOf: outbox.appending(path: "rejects/" + example.file))
    let text = try #require(String(data: rejects, encoding: encoding))
    #expect(text.contains(example.name))
    try #require(text.replacing(Self.wrong, with: "2026-10-05").data(using: encoding))
      .write(to: inbox)
    _ = try Program.run(["run", "--workspace", root.path, "--quiet"])
    try checkHistory(root, example)
  }

  private func checkHistory(_ root: URL, _ example: Case) throws {
    let explained = try Program.run(["explain", "A-2", "--workspace", root.path])
    #expect(explained.code == 0, "\(explained.talk)")
    let shown = explained.output
    #expect(shown.contains("Earning A-2: rejected") && shown.contains("Earning A-2: accepted"))
    #expect(shown.contains("All rows with this id"))
    #expect(shown.contains("R202 at \(example.place[0]):\(example.place[1])"), "\(shown)")
    let rows = shown.split(separator: "\n").filter { $0.contains("  2026-10, \(example.file)") }
    #expect(rows.count == 4, "\(shown)")
    #expect(rows.first?.contains("rejected") == true && rows.first?.contains("R202") == true)
    #expect(rows.last?.contains("accepted") == true)
    // The record as it was delivered, also where its encoding is another one.
    #expect(shown.contains(example.name))
  }
}
