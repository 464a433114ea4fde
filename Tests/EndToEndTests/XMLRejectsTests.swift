import Foundation
import Testing

@Suite("Rejected rows of an XML feed")
struct XMLRejectsTests {
  @Test("come as a feed of the same schema, with what is wrong, and can be sent again")
  func rejects() throws {
    let workspace = try Program.workspace("csp")
    defer { Program.remove(workspace) }
    let feed = workspace.appending(path: "inbox/02-csp-indirect-2026-10.xml")
    var text = try String(contentsOf: feed, encoding: .utf8)
    text = text.replacing(#/<transactionDate>2026-10-\d\d/#, maxReplacements: 1) { _ in
      "<transactionDate>soon &amp; late"
    }
    try Data(text.utf8).write(to: feed)
    _ = try Program.run(["run", "--workspace", workspace.path, "--quiet"])
    let rejects = workspace.appending(
      path: "outbox/2026-10/rejects/02-csp-indirect-2026-10.xml")
    let written = try String(contentsOf: rejects, encoding: .utf8)
    #expect(written.contains("R202: transactionDate"))
    #expect(written.contains("<transactionDate>soon &amp; late"))
    #expect(written.contains("</earning>\n"))
    #expect(written.contains("<controlTotals rows=\"1\"/>"))
    let again = workspace.appending(path: "inbox/again.xml")
    try FileManager.default.copyItem(at: rejects, to: again)
    let result = try Program.run(["check", "--workspace", workspace.path, again.path])
    #expect(result.talk.contains("R202") && !result.talk.contains("F10"), "\(result.talk)")
    #expect(result.output.contains("rows=1"))
  }
}
