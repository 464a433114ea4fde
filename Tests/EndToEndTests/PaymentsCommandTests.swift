import Foundation
import Testing

@Suite("Payment files")
struct PaymentsCommandTests {
  @Test("again they are the same bytes, whatever has become of the workspace")
  func again() throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    let files = try workspace.files()
    #expect(try workspace.expect(0, ["payments", "2026-11"]).output.contains("state=unchanged"))
    #expect(try workspace.files() == files)
    // Another account, another calendar, other partners' accounts: all of that counts later.
    try VerifyWorkspace.edit(workspace.root, "payout.yaml") {
      $0.replacing("IE06CTSO99010012345678", with: "IE29AIBK93115212345678")
        .replacing("daysAfterPeriod: 20", with: "daysAfterPeriod: 30")
    }
    try VerifyWorkspace.edit(workspace.root, "registry/payment-profiles.csv") {
      $0.replacing("DE44999000010000005001", with: "DE89370400440532013000")
    }
    #expect(try workspace.expect(0, ["payments", "2026-11"]).output.contains("state=unchanged"))
    Program.remove(workspace.payments)
    try workspace.expect(0, ["payments", "2026-11"])
    #expect(try workspace.files() == files)
    try workspace.expect(0, ["verify"])
    // Owner only.
    let attributes = try FileManager.default.attributesOfItem(
      atPath: workspace.payments.path + "/payments.json")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test(
    "that are not those that were written are left alone",
    arguments: ["transfers-1.pain.001.001.09.xml", "unsent.csv", "payments.json", "another.xml"])
  func changed(name: String) throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    try PaymentWorkspace.append("\n", workspace.payments, name)
    let before = try workspace.files()
    let result = try workspace.expect(65, ["payments", "2026-11"])
    #expect(result.talk.contains("payments/2026-11/\(name): error: B608:"), "\(result.talk)")
    #expect(try workspace.files() == before)
    let verified = try workspace.expect(65, ["verify"])
    #expect(verified.talk.contains("payments/2026-11/\(name): paymentFiles:"), "\(verified.talk)")
    // A close of the period says it, too, and changes nothing else.
    let close = try workspace.run(["close", "2026-11"])
    #expect(close.code == 1 && close.talk.contains("B608"))
    #expect(try workspace.files() == before)
  }

  @Test("of which one is missing are written again; payments.csv is always as it should be")
  func missing() throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    let files = try workspace.files()
    try VerifyWorkspace.remove(workspace.payments, "transfers-us.ach")
    #expect(try workspace.expect(65, ["verify"]).talk.contains("payout payments 2026-11"))
    try workspace.expect(0, ["payments", "2026-11"])
    try PaymentWorkspace.append("x", workspace.payments, "payments.csv")
    try workspace.expect(0, ["payments", "2026-11"])
    #expect(try workspace.files() == files)
    try VerifyWorkspace.remove(workspace.root, "payments")
    // The next run finishes what the ledger has as written.
    try workspace.expect(0, ["run", "--quiet"])
    #expect(try workspace.files() == files)
  }

  @Test("verify finds an amount that is another one, whatever else was made to fit")
  func amounts() throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    for (name, old, new) in [
      ("transfers-1.pain.001.001.09.xml", ">119.06<", ">119.07<"),
      ("transfers-us.ach", "0000031325", "0000031326"), ("credit-notes.csv", "900.05", "900.04"),
    ] {
      let file = "payments/2026-11/" + name
      let before = try Data(contentsOf: workspace.root.appending(path: file))
      try VerifyWorkspace.edit(workspace.root, file) { $0.replacing(old, with: new) }
      let talk = try workspace.expect(65, ["verify"]).talk
      #expect(talk.contains("has another amount"), "\(name): \(talk)")
      try before.write(to: workspace.root.appending(path: file))
    }
    try workspace.expect(0, ["verify"])
  }

  @Test("without an account, the close is made and payments wait; credit notes do not")
  func noAccount() throws {
    let workspace = try PaymentWorkspace { root in
      try VerifyWorkspace.edit(root, "payout.yaml") {
        $0.replacing("  iban: IE06CTSO99010012345678\n", with: "")
      }
    }
    defer { workspace.remove() }
    #expect(Set(try workspace.files().keys) == ["credit-notes.csv", "payments.csv"])
    let report = try Outbox(directory: workspace.payments).table("payments.csv")
    #expect(Set(report.compactMap { $0["paymentStatus"] }) == ["In progress", "Sent"])
    #expect(report[0]["paymentStatusDescription"] == "Its payment file is not written yet")
    let result = try workspace.expect(78, ["payments", "2026-11"])
    #expect(result.talk.contains("payout.yaml: warning: B605: there are bank transfers in EUR"))
    #expect(result.talk.contains("B605: there are bank transfers in USD"))
    try workspace.expect(0, ["verify"])
    try workspace.expect(78, ["approve", "2026-11"])
    // With an account they are written, and stay what they are though it changes again.
    try VerifyWorkspace.edit(workspace.root, "payout.yaml") {
      $0.replacing("  bic: CTSOIE2DXXX", with: "  bic: CTSOIE2DXXX\n  iban: IE06CTSO99010012345678")
    }
    try workspace.expect(0, ["payments", "2026-11"])
    let files = try workspace.files()
    try VerifyWorkspace.edit(workspace.root, "payout.yaml") {
      $0.replacing("IE06CTSO99010012345678", with: "IE29AIBK93115212345678")
    }
    Program.remove(workspace.payments)
    try workspace.expect(0, ["close", "2026-11"])
    #expect(try workspace.files() == files)
    try workspace.expect(0, ["verify"])
  }

  @Test("of a period that is not closed there are none")
  func notClosed() throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    try workspace.expect(66, ["payments", "2026-12"])
    try workspace.expect(66, ["approve", "2026-12"])
    try workspace.expect(64, ["payments", "2026"])
    try workspace.expect(64, ["approve", "2026-11", "--user", "ann"])
    try workspace.expect(64, ["close", "2026-12", "--user", "../ann"])
  }

  @Test("what stood there before the close is not touched")
  func foreign() throws {
    let workspace = try PaymentWorkspace(
      { root in
        let folder = root.appending(path: "payments/2026-11")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: folder.appending(path: "notes.txt"))
      }, expecting: 1)
    defer { workspace.remove() }
    #expect(Set(try workspace.files().keys) == ["notes.txt"])
    try VerifyWorkspace.remove(workspace.payments, "notes.txt")
    try workspace.expect(0, ["payments", "2026-11"])
    try workspace.expect(0, ["verify"])
  }

  @Test("findings of a close and of payments are documents, too")
  func documents() throws {
    let workspace = try PaymentWorkspace()
    defer { workspace.remove() }
    for command in ["payments", "close"] {
      let result = try workspace.expect(0, [command, "2026-11", "--format", "csv"])
      #expect(result.output.contains(",B604,warning,") && result.output.contains(",B601,note,"))
      #expect(!result.output.contains("000005003"), "no bank details")
    }
    try workspace.expect(1, ["payments", "2026-11", "--fail-on", "warning"])
  }
}
