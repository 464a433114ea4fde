import Foundation
import Testing

@Suite("Approvals")
struct ApprovalTests {
  private func asked(_ approvals: Int, closedBy user: String = "carol") throws -> PaymentWorkspace {
    try PaymentWorkspace(closedBy: user, { try PaymentWorkspace.ask(approvals, $0) })
  }

  @Test("as many as are asked for, of others than who ran the close, let the files be written")
  func two() throws {
    let workspace = try asked(2)
    defer { workspace.remove() }
    #expect(Set(try workspace.files().keys) == ["credit-notes.csv", "payments.csv"])
    let waiting = try workspace.expect(65, ["payments", "2026-11"])
    #expect(waiting.talk.contains("B606: 0 of 2 approvals"), "\(waiting.talk)")
    // Who closed may not, an unknown user may not, and a key is of its user.
    #expect(try workspace.approve(65, "carol").talk.contains("ran the close"))
    #expect(try workspace.approve(65, "dave", key: "ann").talk.contains("approvers.csv"))
    #expect(try workspace.approve(65, "ann", key: "bob").talk.contains("not that of ann"))
    try workspace.approve(66, "ann", key: "nobody")
    #expect(!FileManager.default.fileExists(atPath: workspace.approvals.path))
    let seen = try workspace.expect(0, ["approve", "2026-11"])
    #expect(seen.output.contains("total: 10 payments, EUR 2666.86 GBP 435.04"), "\(seen.output)")
    #expect(seen.output.contains("transfers-us.ach: 1 payment, USD 313.25, executed 2026-12-22"))
    #expect(try workspace.approve(0, "ann").output.contains("approvals=1/2"))
    // The same user twice is one.
    let first = try Program.files(workspace.approvals)
    #expect(try workspace.approve(0, "ann").output.contains("approvals=1/2"))
    #expect(try Program.files(workspace.approvals) == first)
    try workspace.expect(65, ["payments", "2026-11"])
    try workspace.expect(0, ["verify"])
    #expect(try workspace.approve(0, "bob").output.contains("approvals=2/2"))
    #expect(try workspace.expect(0, ["payments", "2026-11"]).output.contains("approvals=2/2"))
    #expect(try workspace.files().count == 8)
    try workspace.expect(0, ["verify"])
    // They are the files that would have been written without approvals.
    let without = try PaymentWorkspace()
    defer { without.remove() }
    for (name, bytes) in try without.files() where name != "payments.json" {
      #expect(try workspace.files()[name] == bytes, "\(name)")
    }
    // It is too late for another one; that of who has approved stays what it is.
    try workspace.approve(0, "ann")
    #expect(try Program.files(workspace.approvals)["ann.approval"] == first["ann.approval"])
  }

  @Test("count only for what was signed")
  func changed() throws {
    let workspace = try asked(1)
    defer { workspace.remove() }
    try workspace.approve(0, "ann")
    let file = "approvals/2026-11/ann.approval"
    let good = try Data(contentsOf: workspace.root.appending(path: file))
    for (old, new) in [
      ("EUR 2666.86", "EUR 2666.87"), ("payments.json: ", "payments.json: 0"),
      ("signature: ", "signature: A"), ("user: ann", "user: bob"),
    ] {
      try VerifyWorkspace.edit(workspace.root, file) { $0.replacing(old, with: new) }
      let result = try workspace.expect(65, ["payments", "2026-11"])
      #expect(result.talk.contains("\(file): error: B607:"), "\(result.talk)")
      let verified = try workspace.expect(65, ["verify"])
      #expect(verified.talk.contains("\(file): approvals:"), "\(verified.talk)")
      try good.write(to: workspace.root.appending(path: file))
    }
    // Under another's name it is nobody's.
    try FileManager.default.copyItem(
      at: workspace.root.appending(path: file),
      to: workspace.approvals.appending(path: "bob.approval"))
    #expect(try workspace.expect(65, ["verify"]).talk.contains("bob.approval: approvals:"))
    Program.remove(workspace.approvals.appending(path: "bob.approval"))
    try workspace.expect(0, ["payments", "2026-11"])
    // An approval by which files were written is missed when it is gone.
    try VerifyWorkspace.remove(workspace.root, file)
    #expect(try workspace.expect(65, ["verify"]).talk.contains("ann.approval: approvals:"))
    try workspace.expect(
      65, ["approve", "2026-11", "--user", "bob", "--key", "\(workspace.root.path)/bob.pem"])
  }

  @Test("another account of the payer needs other approvals")
  func account() throws {
    let workspace = try PaymentWorkspace { root in
      try PaymentWorkspace.ask(1, root)
      try VerifyWorkspace.edit(root, "payout.yaml") {
        $0.replacing("IE06CTSO99010012345678", with: "")
      }
    }
    defer { workspace.remove() }
    func pay(from iban: String, insteadOf old: String) throws {
      try VerifyWorkspace.edit(workspace.root, "payout.yaml") {
        $0.replacing("  iban: \(old)\n", with: "  iban: \(iban)\n")
      }
    }
    try pay(from: "IE06CTSO99010012345678", insteadOf: "")
    try workspace.approve(0, "ann")
    try pay(from: "IE29AIBK93115212345678", insteadOf: "IE06CTSO99010012345678")
    #expect(try workspace.expect(65, ["payments", "2026-11"]).talk.contains("B607"))
    try workspace.approve(0, "ann")
    try workspace.expect(0, ["payments", "2026-11"])
    try workspace.expect(0, ["verify"])
  }

  @Test("fewer cannot be asked for after the close, more can")
  func number() throws {
    let workspace = try asked(1)
    defer { workspace.remove() }
    try VerifyWorkspace.edit(workspace.root, "payout.yaml") {
      $0.replacing("approvals: 1", with: "approvals: 0")
    }
    try workspace.expect(65, ["payments", "2026-11"])
    try VerifyWorkspace.edit(workspace.root, "payout.yaml") {
      $0.replacing("approvals: 0", with: "approvals: 2")
    }
    #expect(try workspace.approve(0, "ann").output.contains("approvals=1/2"))
    try workspace.expect(65, ["payments", "2026-11"])
    try workspace.approve(0, "bob")
    try workspace.expect(0, ["payments", "2026-11"])
  }

  @Test("an approval can be checked with openssl alone")
  func openssl() throws {
    let workspace = try asked(1)
    defer { workspace.remove() }
    try workspace.approve(0, "ann")
    let script = """
      set -e
      grep -v '^signature: ' approvals/2026-11/ann.approval > text
      sed -n 's/^signature: //p' approvals/2026-11/ann.approval | base64 -d > signature
      openssl pkey -in ann.pem -pubout -out ann.pub
      openssl pkeyutl -verify -rawin -pubin -inkey ann.pub -in text -sigfile signature
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = workspace.root
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
