import Domain
import Foundation
import Testing
import Workspace

@Suite("Profiles")
struct ProfileFileTests {
  private static let fields = """
    fields:
      earningId: id
      participantId: partner
      programName: {constant: Program}
      transactionDate: date
      transactionCurrency: {constant: EUR}
      transactionAmount: amount

    """

  /// What is added to a profile that is well, and what is said of it.
  static let faults: [(String, [Expected])] = [
    ("encoding: UTF-7\n", [Expected(.X905, 2, 11, "encoding")]),
    ("delimiter: ab\n", [Expected(.X905, 2, 12, "delimiter")]),
    ("delimiter: \"'\"\nquote: \"'\"\n", [Expected(.X905, 3, 8, "quote")]),
    ("decimalMark: x\n", [Expected(.X905, 2, 14, "decimalMark")]),
    ("thousandsMark: .\n", [Expected(.X905, 2, 16, "thousandsMark")]),
    ("currencySigns: [\"-\"]\n", [Expected(.X905, 2, 17, "currencySigns")]),
    ("currencySigns: [\"1\"]\n", [Expected(.X905, 2, 17, "currencySigns")]),
    ("currencySigns: [\"(\"]\n", [Expected(.X905, 2, 17, "currencySigns")]),
    ("negative: [red]\n", [Expected(.X905, 2, 12, "negative")]),
    // Years of two digits could be read in two ways.
    ("dates: dd.MM.yy\n", [Expected(.X905, 2, 8, "dates")]),
    ("dates: MM/yyyy\n", [Expected(.X905, 2, 8, "dates")]),
    ("dates: yyyy-MM-dd HH:mm\n", [Expected(.X904, 2, 8, "timeZone")]),
    ("timeZone: Mars/Olympus\n", [Expected(.X905, 2, 11, "timeZone")]),
    ("timeZone: \"+25:00\"\n", [Expected(.X905, 2, 11, "timeZone")]),
    ("preamble: -1\n", [Expected(.X905, 2, 11, "preamble")]),
    ("trim: maybe\n", [Expected(.X905, 2, 7, "trim")]),
    ("leaveOut: [{because: x}]\n", [Expected(.X904, 2, 12, "leaveOut.where")]),
    ("leaveOut: [{where: {}, because: x}]\n", [Expected(.X904, 2, 20, "leaveOut.where")]),
    ("leaveOut: [{where: {a: b}}]\n", [Expected(.X904, 2, 12, "leaveOut.because")]),
    ("trailers: [{where: {1: T}}]\n", [Expected(.X904, 2, 12, "trailers")]),
    (
      "trailers: [{where: {1: T}, rows: 0}]\n",
      [Expected(.X904, 2, 12, "trailers"), Expected(.X905, 2, 34, "trailers.rows")]
    ),
    ("feedId: {record: HEAD, column: 2}\n", [Expected(.X908, 2, 18, "feedId.record")]),
    (
      "parts: {}\n",
      [
        Expected(.X904, 2, 8, "parts.group"), Expected(.X904, 2, 8, "parts.number"),
        Expected(.X904, 2, 8, "parts.count"),
      ]
    ),
    ("records: {column: 1}\n", [Expected(.X904, 2, 10, "records.rows")]),
    ("delimeter: \";\"\n", [Expected(.X903, 2, 1, "delimeter")]),
  ]

  @Test("that are wrong say where", arguments: faults)
  func wrong(text: String, expected: [Expected]) {
    let yaml = "profile: test\n" + text + Self.fields
    let findings = WorkspaceLoader.check(yaml: Array(yaml.utf8), file: "profiles/test.yaml")
    #expect(findings.map(Expected.init) == expected)
    #expect(findings.allSatisfy { !$0.remedy.isEmpty })
  }

  /// A field, and what is said of it.
  static let fieldFaults: [(String, [FindingCode])] = [
    ("customerNme: name", [.X903]), ("customerName: {}", [.X904]),
    ("customerName: {column: a, constant: b}", [.X905]), ("customerName: []", [.X905]),
    ("customerName: {column: a, minorUnits: true}", [.X905]),
    ("earningRate: {column: a, sign: {column: b, negative: [x], positive: [y]}}", [.X905]),
    ("earningAmount: {column: a, percent: true}", [.X905]),
    ("earningAmount: {column: a, sign: {column: b, negative: [x], positive: [x]}}", [.X905]),
    ("earningAmount: {column: a, sign: {column: b, negative: [x]}}", [.X904]),
    ("customerName: {record: SH, column: 2}", [.X908]), ("customerName: {colum: a}", [.X904]),
    ("customerName: {column: a, optionl: true}", [.X903]),
  ]

  @Test("a field that is wrong is named", arguments: fieldFaults)
  func wrongField(text: String, codes: [FindingCode]) {
    let yaml = "profile: test\n" + Self.fields + "  " + text + "\n"
    let findings = WorkspaceLoader.check(yaml: Array(yaml.utf8), file: "profiles/test.yaml")
    #expect(findings.map(\.code) == codes, "\(findings.map(\.message))")
    #expect(findings.allSatisfy { $0.line == 9 })
  }

  @Test("required fields are asked for, the name is that of the file")
  func required() {
    let findings = WorkspaceLoader.check(
      yaml: Array("profile: other\nfields: {earningId: id}\n".utf8), file: "profiles/test.yaml")
    #expect(findings.map(\.code) == [.X905, .X904, .X904, .X904, .X904, .X904])
  }

  @Test("those that come with the program have no errors, and one of the workspace goes before")
  func builtIn() throws {
    let profiles = Profiles()
    #expect(profiles.names.count > 8)
    for name in profiles.names where name != FeedProfile.canonicalName {
      #expect(profiles.find(name) != nil, "\(name)")
      let text = try #require(Profiles.text(ofBuiltIn: name))
      #expect(WorkspaceLoader.check(yaml: text, file: name + ".yaml") == [])
    }
    #expect(profiles.find("nobody") == nil)
  }

  @Test("schemas/profile.schema.json has the keys that are read, and no others")
  func schema() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "schemas/profile.schema.json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    let schema = try #require(json as? [String: Any])
    let keys = try #require(schema["properties"] as? [String: Any])
    let fields = try #require((keys["fields"] as? [String: Any])?["properties"] as? [String: Any])
    #expect(Set(fields.keys) == Set(EarningField.allCases.map(\.name)))
    // The remedy of an unknown key lists those that are known.
    let yaml = "profile: test\nnothing: x\n" + Self.fields
    let finding = try #require(
      WorkspaceLoader.check(yaml: Array(yaml.utf8), file: "profiles/test.yaml").first)
    let known = finding.remedy.split(separator: "Known here: ").last?.dropLast() ?? ""
    #expect(Set(known.split(separator: ", ").map(String.init)) == Set(keys.keys))
  }

  /// Pattern, name, whether it fits.
  static let patterns: [(String, String, Bool)] = [
    ("*.csv", "a.csv", true), ("*.csv", "a.csv.gz", false), ("a*b*c", "axxbxxc", true),
    ("a*b*c", "axxbxxcx", false), ("psp-*", "psp-", true), ("?.csv", "é.csv", true),
    ("?.csv", ".csv", false), ("", "", true), ("*", "", true), ("a", "A", false),
    (String(repeating: "*a", count: 20), String(repeating: "a", count: 5000) + "b", false),
  ]

  @Test("a pattern fits a whole name", arguments: patterns)
  func pattern(files: String, name: String, fits: Bool) {
    #expect(FeedPattern(files: files, profile: nil).matches(name) == fits)
  }
}
