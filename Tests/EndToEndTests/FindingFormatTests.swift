import Foundation
import Testing

@Suite("Formats of findings, by the command")
struct FindingFormatTests {
  private static let formats = ["json", "csv", "sarif", "junit", "github"]
  private static let samples = ["F117.csv", "R203.csv", "R204.xml", "R211.csv", "F101.csv.gz"]

  private func check(_ root: URL, _ options: [String]) throws -> Program.Result {
    let feeds = Self.samples.map { Program.root.appending(path: "samples/rejected/" + $0).path }
    return try Program.run(["check", "--workspace", root.path] + feeds + options)
  }

  private func parsed(_ json: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test(
    "a document has its output alone, and the summary goes where there is none", arguments: formats)
  func streams(format: String) throws {
    let root = try Program.workspace("csp")
    let file = Program.temporary()
    defer {
      Program.remove(root)
      Program.remove(file)
    }
    let document = try check(root, ["--format", format])
    #expect(document.code == 1)
    #expect(!document.output.contains("files="))
    #expect(document.talk.hasPrefix("files=5 rows="), "\(document.talk)")
    let written = try check(root, ["--format", format, "--output", file.path])
    #expect(written.code == 1)
    #expect(written.output == document.talk)
    #expect(written.talk.isEmpty)
    #expect(try String(contentsOf: file, encoding: .utf8) == document.output)
    let permissions = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(permissions[.posixPermissions] as? Int == 0o600)
  }

  @Test("text for people goes to a file, too, in the words of a terminal")
  func textFile() throws {
    let root = try Program.workspace("csp")
    let file = Program.temporary()
    defer {
      Program.remove(root)
      Program.remove(file)
    }
    let shown = try check(root, [])
    _ = try check(root, ["--output", file.path])
    #expect(try String(contentsOf: file, encoding: .utf8) == shown.talk)
  }

  @Test("run and close write documents by the schema; paths lead to the archive")
  func runAndClose() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let options = ["--workspace", root.path, "--format", "json"]
    let run = try Program.run(["run"] + options)
    #expect(run.talk.hasPrefix("period=2026-10 "))
    #expect(try SchemaShape("findings.schema.json").faults(run.output) == [])
    let document = try parsed(run.output)
    #expect(document["exit"] as? Int == Int(run.code))
    let feeds = try #require(document["feeds"] as? [[String: Any]])
    #expect(feeds.count == 4)
    for feed in feeds {
      let path = try #require(feed["path"] as? String)
      #expect(FileManager.default.fileExists(atPath: path), "\(path)")
    }
    let errors = try String(
      contentsOf: root.appending(path: "outbox/2026-10/errors.csv"), encoding: .utf8)
    let close = try Program.run(["close", "2026-10"] + options)
    #expect(try SchemaShape("findings.schema.json").faults(close.output) == [])
    let said = try #require(try parsed(close.output)["findings"] as? [[String: AnyHashable]])
    let aboutPayments = said.filter { ($0["code"] as? String)?.hasPrefix("B6") == true }
    #expect(aboutPayments.count == 2, "one payment fits no file, for two reasons")
    #expect(
      said.filter { !aboutPayments.contains($0) }
        == document["findings"] as? [[String: AnyHashable]])
    // Closed before, it says what it said.
    #expect(try Program.run(["close", "2026-10"] + options).output == close.output)
    let csv = ["close", "2026-10", "--workspace", root.path, "--format", "csv"]
    let lines = try Program.run(csv).output.split(separator: "\r\n")
    #expect(
      lines.filter { !$0.contains(",B604,warning,") } == errors.split(separator: "\r\n"))
    #expect(lines.count == errors.split(separator: "\r\n").count + 2)
  }

  @Test("a workspace in error is a document, too", arguments: formats)
  func failure(format: String) throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let plan = root.appending(path: "plans/extra.yaml")
    try Data("treshold: {USD: 200}\n".utf8).write(to: plan)
    let result = try Program.run(["run", "--workspace", root.path, "--format", format])
    #expect(result.code == 78)
    #expect(result.output.contains("X903"))
    // The document has the findings; why nothing was done is said to people, too.
    #expect(result.talk == "payout: the workspace has errors: nothing done\n")
    switch format {
    case "json":
      #expect(try SchemaShape("findings.schema.json").faults(result.output) == [])
      let document = try parsed(result.output)
      #expect((document["failure"] as? String)?.hasPrefix("the workspace has errors") == true)
      #expect(document["exit"] as? Int == 78)
    case "sarif": #expect(result.output.contains("\"executionSuccessful\":false,\"exitCode\":78"))
    case "junit": #expect(result.output.contains("<error type=\"failure\" message=\"the workspace"))
    case "github":
      #expect(result.output.hasPrefix("::error title=payout::the workspace has errors"))
      #expect(result.output.contains("file=\(plan.path),line=1,col=1,title=X903"))
    default: break
    }
  }

  @Test("a file that cannot be written is said, and what stood there stays")
  func cannotWrite() throws {
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    let result = try check(
      root, ["--format", "json", "--output", root.path + "/none/findings.json"])
    #expect(result.code == 73)
    #expect(result.talk.contains("findings.json"))
  }

  @Test("the severity that fails is the same in every format", arguments: formats)
  func failOn(format: String) throws {
    let feed = Program.root.appending(path: "samples/rejected/F116.csv").path
    func code(_ failOn: String) throws -> Int32 {
      let root = try Program.workspace("csp")
      defer { Program.remove(root) }
      let options = ["--format", format, "--fail-on", failOn]
      return try Program.run(["check", "--workspace", root.path, feed] + options).code
    }
    // F116 is a note.
    #expect(try code("error") == 0)
    #expect(try code("warning") == 0)
    let root = try Program.workspace("csp")
    defer { Program.remove(root) }
    #expect(try check(root, ["--format", format, "--fail-on", "never"]).code == 0)
  }
}
