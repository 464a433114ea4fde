import Foundation
import Testing

@Suite("Statements say when they are paid")
struct PaymentDateTests {
  /// 21 December 2026 as a statement says it.
  private static func written(_ day: String, isKorean: Bool) -> String {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    if isKorean { return "\(parts[0])년 \(parts[1])월 \(parts[2])일" }
    return "\(parts[2]) \(["November", "December"][parts[1] - 11]) \(parts[0])"
  }

  @Test("the day of payments.csv, payment by payment; of what is paid by hand none")
  func days() throws {
    let workspace = try PaymentWorkspace { root in
      try PaymentWorkspace.append("formats: [csv, html]\n", root, "payout.yaml")
    }
    defer { workspace.remove() }
    let outbox = try Outbox(directory: workspace.root.appending(path: "outbox/2026-11"))
    let payments = try Outbox(directory: workspace.payments).table("payments.csv")
    #expect(payments.contains { $0["paymentDate"] == "" })
    for payment in payments {
      let id = try #require(payment["paymentID"])
      let page = String(
        decoding: try #require(
          outbox.files["statements/\(payment["participantID"] ?? "").html"]), as: UTF8.self)
      let isKorean = page.contains("<html lang=\"ko\">")
      let row = try #require(
        page.matches(of: #/(?s)<tr>.*?</tr>/#).map(\.0).first { $0.contains(id) })
      let day = try #require(payment["paymentDate"])
      let said =
        day.isEmpty
        ? (isKorean ? "지급일: 미정" : "Payment date: not fixed yet")
        : (isKorean ? "지급일: " : "Payment date: ") + Self.written(day, isKorean: isKorean)
      // Where all of a partner's payments are made on one day, it stands above them.
      #expect(
        row.contains("<small>\(said)</small>") || page.contains("<p class=\"when\">\(said)</p>"),
        "\(row)")
    }
    let verified = try workspace.run(["verify"])
    #expect(verified.code == 0, "\(verified.talk)")
  }

  @Test("a draft says what is expected, and of credit notes nothing")
  func draft() throws {
    let root = try Program.workspace("payments/workspace")
    defer { Program.remove(root) }
    try PaymentWorkspace.append("formats: [csv, html]\n", root, "payout.yaml")
    let result = try Program.run(["run", "--workspace", root.path, "--quiet"])
    #expect(result.code == 0, "\(result.talk)")
    let statements = root.appending(path: "outbox/2026-11/statements")
    let page = try String(contentsOf: statements.appending(path: "005002.html"), encoding: .utf8)
    #expect(page.contains("Expected payment date: 21 December 2026"))
    let note = try String(contentsOf: statements.appending(path: "005009.html"), encoding: .utf8)
    #expect(!note.contains("Expected payment date"))
  }

  @Test("where approvals are asked for, a closed period says what is expected, and keeps to it")
  func approvals() throws {
    let workspace = try PaymentWorkspace { root in
      try PaymentWorkspace.ask(1, root)
      try PaymentWorkspace.append("formats: [csv, html]\n", root, "payout.yaml")
    }
    defer { workspace.remove() }
    let file = workspace.root.appending(path: "outbox/2026-11/statements/005002.html")
    let page = try Data(contentsOf: file)
    let text = String(decoding: page, as: UTF8.self)
    #expect(text.contains("Expected payment date: 21 December 2026"))
    #expect(!text.contains("Payment date: "))
    try workspace.approve(0, "ann")
    try workspace.expect(0, ["payments", "2026-11"])
    try workspace.expect(0, ["verify"])
    Program.remove(workspace.root.appending(path: "outbox/2026-11"))
    try workspace.expect(0, ["close", "2026-11"])
    #expect(try Data(contentsOf: file) == page)
  }
}
