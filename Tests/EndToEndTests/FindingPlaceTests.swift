import Foundation
import Testing

@Suite("Places in formats that count characters")
struct FindingPlaceTests {
  /// A feed with an amount that cannot be read, and how it is delivered.
  struct Delivery: Sendable, CustomTestStringConvertible {
    var mark: Bool
    var lineEnd: String
    var isCompressed: Bool
    var before: String

    var testDescription: String { "\(mark) \(lineEnd.count) \(isCompressed) \(before)" }

    var text: String {
      let rows = [
        "earningId,participantId,programName,transactionDate,customerName,transactionCurrency,"
          + "transactionAmount",
        "S-1,0048101,CSP Indirect Provider,2026-10-05,plain,EUR,100.00",
        "S-2,0048101,CSP Indirect Provider,2026-10-05,\(before),EUR,1_0_0",
        "",
      ]
      return (mark ? "\u{FEFF}" : "") + rows.joined(separator: lineEnd)
    }
  }

  static let deliveries: [Delivery] = ["plain", "한국어 𝄞", "\"two\nlinesé\"", "\"a \"\"ö\"\" b\""]
    .flatMap { before in
      [false, true].flatMap { mark in
        ["\n", "\r\n"].flatMap { lineEnd in
          [false, true].map {
            Delivery(mark: mark, lineEnd: lineEnd, isCompressed: $0, before: before)
          }
        }
      }
    }

  /// Writes the feed; its name says whether it is compressed.
  private func deliver(_ delivery: Delivery, _ root: URL) throws -> URL {
    let feed = root.appending(path: "feed.csv")
    try Data(delivery.text.utf8).write(to: feed)
    guard delivery.isCompressed else { return feed }
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = ["-n", feed.path]
    try gzip.run()
    gzip.waitUntilExit()
    try #require(gzip.terminationStatus == 0)
    return feed.appendingPathExtension("gz")
  }

  /// Line and column of the bad amount, counted in the text as an editor does.
  private func expected(_ delivery: Delivery) throws -> (line: Int, column: Int, offset: Int) {
    let scalars = Array(delivery.text.unicodeScalars)
    let at = try #require(
      scalars.indices.first { scalars[$0...].starts(with: "1_0_0".unicodeScalars) })
    let line = scalars[..<at].count { $0 == "\n" } + 1
    let start = (scalars[..<at].lastIndex(of: "\n") ?? -1) + 1
    let offset = scalars[..<at].reduce(0) { $0 + String($1).utf8.count }
    return (line, at - start + 1, offset)
  }

  @Test("SARIF and GitHub name line and character", arguments: deliveries)
  func places(delivery: Delivery) throws {
    let root = Program.temporary()
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { Program.remove(root) }
    let feed = try deliver(delivery, root)
    let place = try expected(delivery)
    let sarif = try Program.run(["check", feed.path, "--format", "sarif"])
    let region = try #require(
      sarif.output.firstMatch(
        of: #/"ruleId":"R203".*"startLine":(\d+),"startColumn":(\d+),"byteOffset":(\d+)/#))
    #expect(region.1 == "\(place.line)")
    #expect(region.2 == "\(place.column)")
    #expect(region.3 == "\(place.offset)")
    let github = try Program.run(["check", feed.path, "--format", "github"])
    let annotation = "file=\(feed.path),line=\(place.line),col=\(place.column),title=R203"
    #expect(github.output.contains(annotation), "\(github.output)")
  }

  @Test("of a file of the workspace, too, which stands where the workspace is")
  func workspaceFile() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let file = root.appending(path: "registry/users.csv")
    let row = "u-9,Zoë 한,z@partner.example,nobody,0048101,\n"
    let text = try String(contentsOf: file, encoding: .utf8) + row
    try Data(text.utf8).write(to: file)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    let result = try Program.run(["check", "--workspace", root.path, "--format", "github"])
    #expect(result.code == 78)
    let place =
      "file=\(file.path),line=\(line),col=\("u-9,Zoë 한,z@partner.example,".count + 1),title=X905"
    #expect(result.output.contains(place), "\(result.output)")
  }

  @Test("of a feed that a run refuses, which stays in the inbox")
  func refused() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let inbox = root.appending(path: "inbox")
    try FileManager.default.removeItem(at: inbox)
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: false)
    let feed = inbox.appending(path: "broken.csv")
    let header = "earningId,participantId,programName,transactionDate,transactionCurrency"
    try Data("\(header),transactionAmount\nE-1,x\u{FF}\n".utf8 + [0x22, 0x0A]).write(to: feed)
    let result = try Program.run(["run", "--workspace", root.path, "--format", "github"])
    #expect(result.output.contains("file=\(feed.path),line="), "\(result.output)")
    #expect(!result.output.contains(".taking"))
  }
}
