import Foundation
import Testing

@Suite("Statements in all formats")
struct StatementFormatTests {
  private static let outbox = Program.root.appending(path: "samples/csp-expected/2026-10")
  private static let xmllint = URL(filePath: "/usr/bin/xmllint")

  @Test(
    "XML is valid by its schema",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: xmllint.path),
      "xmllint is not installed; scripts/setup installs it"),
    arguments: [("statement.xsd", "statements/"), ("findings.xsd", "errors.xml")])
  func schema(schema: String, prefix: String) throws {
    let files = try Program.files(Self.outbox).keys
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".xml") }
    #expect(!files.isEmpty)
    let process = Process()
    process.executableURL = Self.xmllint
    process.currentDirectoryURL = Self.outbox
    process.standardError = FileHandle.nullDevice
    let path = Program.root.appending(path: "schemas/" + schema).path
    process.arguments = ["--noout", "--nonet", "--schema", path] + files.sorted()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test("XML says what the CSV says, line by line")
  func sameAsCSV() throws {
    let outbox = try Outbox(directory: Self.outbox)
    for path in outbox.statements {
      let xml = String(
        decoding: try #require(outbox.files[path.replacing(".csv", with: ".xml")]), as: UTF8.self)
      let lines = Self.lines(xml)
      let records = try outbox.table(path)
      #expect(lines.count == records.count && !lines.isEmpty, "\(path)")
      for (line, record) in zip(lines, records) {
        let filled = record.filter { !$0.value.isEmpty }
        #expect(line == filled, "\(path):\(record["lineNumber"] ?? "")")
      }
    }
  }

  /// The lines of a statement in XML with the columns of the CSV.
  private static func lines(_ xml: String) -> [[String: String]] {
    var lines: [[String: String]] = []
    let participant = xml.firstMatch(of: #/participantId="([^"]*)"/#).map { String($0.1) } ?? ""
    for balance in xml.matches(
      of: #/(?s)<balance programName="([^"]*)" currency="([^"]*)">(.*?)</balance>/#)
    {
      for line in balance.3.matches(of: #/<([a-zA-Z]+) line="(\d+)">(.*?)</\1>\n/#) {
        var values = [
          "participantId": participant, "programName": unescaped(balance.1),
          "currency": String(balance.2), "lineType": String(line.1),
          "lineNumber": String(line.2),
        ]
        for value in line.3.matches(of: #/<([a-zA-Z]+)>(.*?)</\1>/#) {
          values[String(value.1)] = unescaped(value.2)
        }
        lines.append(values)
      }
    }
    return lines
  }

  private static func unescaped(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&amp;", with: "&")
  }

  @Test("errors.xml has the findings of errors.csv")
  func errors() throws {
    let outbox = try Outbox(directory: Self.outbox)
    let xml = String(decoding: try #require(outbox.files["errors.xml"]), as: UTF8.self)
    let codes = xml.matches(of: #/<finding code="([A-Z]\d+)" severity="([a-z]+)">/#)
    let records = try outbox.table("errors.csv")
    #expect(codes.map { String($0.1) } == records.map { $0["code"] })
    #expect(codes.map { String($0.2) } == records.map { $0["severity"] })
    for record in records {
      let message = (record["message"] ?? "").replacing("&", with: "&amp;")
        .replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      #expect(xml.contains("<message>\(message)</message>"))
    }
  }

  @Test("a page is in the language of its partner, and its figures are those of the CSV")
  func pages() throws {
    let outbox = try Outbox(directory: Self.outbox)
    let register = try outbox.table("register.csv")
    for row in register {
      let id = try #require(row["participantId"])
      let html = String(
        decoding: try #require(outbox.files["statements/\(id).html"]), as: UTF8.self)
      let isKorean = ["0048105", "0048106"].contains(id)
      #expect(html.contains(isKorean ? "<html lang=\"ko\">" : "<html lang=\"en\">"))
      for column in ["closing", "gross", "totalPayment"] {
        let amount = Self.grouped(row[column] ?? "")
        #expect(html.contains(amount), "\(id): \(column) \(amount)")
      }
      if let payment = row["paymentId"], !payment.isEmpty { #expect(html.contains(payment)) }
    }
  }

  /// `1,234.50` of `1234.50`.
  private static func grouped(_ text: String) -> String {
    let parts = text.split(separator: ".")
    var digits = String(parts[0].drop { $0 == "-" })
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    let whole = groups.joined(separator: ",")
    return parts.count > 1 ? "\(whole).\(parts[1])" : whole
  }

  @Test(
    "a workspace's own page, style, texts and logo; with a fault nothing runs and 78 says where")
  func design() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let templates = root.appending(path: "templates")
    try FileManager.default.createDirectory(at: templates, withIntermediateDirectories: true)
    let configuration = root.appending(path: "payout.yaml")
    let text = try String(contentsOf: configuration, encoding: .utf8)
    let statements = """

      statements:
        logo: templates/logo.svg
        texts: {en: {title: Commission note}}

      """
    try Data((text + statements).utf8).write(to: configuration)
    try Data("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8).write(
      to: templates.appending(path: "logo.svg"))
    try Data("main {}\n".utf8).write(to: templates.appending(path: "statement.css"))
    let page = templates.appending(path: "statement.mustache")
    try Data("<h1>{{text.title}}</h1>\n<p>{{partner.nmae}}".utf8).write(to: page)
    let before = try Program.files(root)
    let refused = try Program.run(["run", "--workspace", root.path])
    #expect(refused.code == 78)
    #expect(refused.talk.contains("templates/statement.mustache:2:6: error: X905"))
    #expect(try Program.files(root) == before)
    try Data("<h1>{{text.title}}</h1>{{{logo}}}<style>{{{style}}}</style>".utf8).write(to: page)
    let outbox = try Outbox(running: root)
    let html = String(
      decoding: try #require(outbox.files["statements/0048101.html"]), as: UTF8.self)
    #expect(
      html.hasPrefix("<h1>Commission note</h1><img alt=\"\" src=\"data:image/svg+xml;base64,"))
    #expect(html.hasSuffix("main {}\n</style>"))
    let inputs = String(decoding: try #require(outbox.files["run.json"]), as: UTF8.self)
    for path in ["logo.svg", "statement.css", "statement.mustache"] {
      #expect(inputs.contains("\"path\" : \"templates/\(path)\""))
    }
  }
}
