import Foundation
import Testing

/// Banks cannot have been sent what was never written: what they, or people, do all the same must
/// neither be paid twice nor be lost, in whatever order things happen.
@Suite("What banks tell of payment files that wait for approvals")
struct ReconcileWaitingTests {
  typealias World = ReconcileWorld

  private func waiting() throws -> PaymentWorkspace {
    try PaymentWorkspace { try PaymentWorkspace.ask(1, $0) }
  }

  /// The payment to a partner in euros.
  private func payment(_ partner: String, _ workspace: PaymentWorkspace) throws -> World.Payment {
    let rows = try Outbox(directory: workspace.payments).table("payments.csv")
    let row = try #require(
      rows.first { $0["participantID"] == partner && $0["paymentCurrencyCode"] == "EUR" })
    return World.Payment(
      id: row["paymentID"] ?? "", partner: partner, currency: "EUR",
      amount: World.cents(row["totalPayment"] ?? ""))
  }

  private func reconcile(
    _ name: String, _ text: String, _ workspace: PaymentWorkspace, code: Int32
  ) throws -> Program.Result {
    let file = workspace.root.appending(path: name)
    try Data(text.utf8).write(to: file)
    return try workspace.expect(code, ["reconcile", file.path])
  }

  private func booked(_ payment: World.Payment, on day: String = "2026-12-18") -> String {
    World.camt("camt.053.001.02", World.euroAccount, [World.entry(payment, on: day)])
  }

  private func unsent(_ workspace: PaymentWorkspace) throws -> [String] {
    try Outbox(directory: workspace.payments).table("unsent.csv").compactMap { $0["paymentId"] }
  }

  private func orders(_ workspace: PaymentWorkspace) throws -> String {
    String(
      decoding: try #require(try workspace.files()["transfers-1.pain.001.001.09.xml"]),
      as: UTF8.self)
  }

  @Test("a rejection counts for nothing, and the payment is made once the files are written")
  func rejected() throws {
    let workspace = try waiting()
    defer { workspace.remove() }
    let payment = try payment("005002", workspace)
    let result = try reconcile(
      "status.xml", World.rejection(payment, "AC01"), workspace, code: 1)
    #expect(result.talk.contains("B632") && result.talk.contains(payment.id), "\(result.talk)")
    #expect(result.output.contains("rejected=0"))
    try workspace.expect(0, ["run", "--quiet"])
    let register = try Outbox(directory: workspace.root.appending(path: "outbox/2026-12"))
      .table("register.csv")
    #expect(register.allSatisfy { ($0["adjustments"] ?? "").allSatisfy { "0.".contains($0) } })
    try workspace.approve(0, "ann")
    try workspace.expect(0, ["payments", "2026-11"])
    #expect(try orders(workspace).contains(payment.id))
    try workspace.expect(0, ["verify", "--quiet"])
    // Now that the bank was sent it, its word counts.
    let again = try reconcile(
      "status-2.xml", World.rejection(payment, "AC04"), workspace, code: 0)
    #expect(again.output.contains("rejected=1"), "\(again.talk)")
  }

  @Test("what was paid by hand is left out of the files, whether they were approved before or not")
  func paidByHand() throws {
    let workspace = try waiting()
    defer { workspace.remove() }
    let payment = try payment("005002", workspace)
    try workspace.approve(0, "ann")
    let result = try reconcile("hand.xml", booked(payment), workspace, code: 1)
    #expect(result.talk.contains("B632") && result.output.contains("booked=1"), "\(result.talk)")
    #expect(Set(try workspace.files().keys) == ["credit-notes.csv", "payments.csv"])
    try workspace.expect(65, ["verify", "--quiet"])
    // What was approved is not what would be written now.
    let refused = try workspace.expect(65, ["payments", "2026-11"])
    #expect(refused.talk.contains("B607") && refused.talk.contains("B610"), "\(refused.talk)")
    try workspace.approve(0, "ann")
    try workspace.expect(0, ["payments", "2026-11"])
    #expect(try unsent(workspace).contains(payment.id))
    #expect(try !orders(workspace).contains(payment.id))
    try workspace.expect(0, ["verify", "--quiet"])
    // It stays left out, whatever the bank says of it and others later.
    let before = try workspace.files()
    let back = World.camt(
      "camt.053.001.02", World.euroAccount,
      [
        World.entry(payment, on: "2026-12-22", back: "TM01"),
        World.entry(try self.payment("005006", workspace), on: "2026-12-21"),
      ])
    #expect(try reconcile("back.xml", back, workspace, code: 0).output.contains("returned=1"))
    let after = try workspace.files()
    for (name, bytes) in before where name != "payments.csv" { #expect(after[name] == bytes) }
    try workspace.expect(0, ["payments", "2026-11"])
    try workspace.expect(0, ["verify", "--quiet"])
    // It is the partner's again, and paid by the next close.
    try workspace.expect(0, ["run", "--quiet"])
    let register = try Outbox(directory: workspace.root.appending(path: "outbox/2026-12"))
      .table("register.csv")
    let row = try #require(register.first { $0["participantId"] == "005002" })
    #expect(row["adjustments"] == "200.05", "\(row)")
  }

  @Test("what was paid by hand and came back, and was put back by a close, is not paid by a file")
  func putBack() throws {
    let workspace = try waiting()
    defer { workspace.remove() }
    let payment = try payment("005002", workspace)
    let both = World.camt(
      "camt.053.001.02", World.euroAccount,
      [
        World.entry(payment, on: "2026-12-18"),
        World.entry(payment, on: "2026-12-22", back: "TM01"),
      ])
    _ = try reconcile("both.xml", both, workspace, code: 1)
    try workspace.expect(0, ["run", "--quiet"])
    try workspace.expect(0, ["close", "2026-12", "--user", "carol", "--quiet"])
    try workspace.approve(0, "ann")
    try workspace.expect(0, ["payments", "2026-11"])
    #expect(try !orders(workspace).contains(payment.id))
    try workspace.expect(0, ["verify", "--quiet"])
  }

  @Test("a return of what nobody has paid counts for nothing")
  func returned() throws {
    let workspace = try waiting()
    defer { workspace.remove() }
    let payment = try payment("005002", workspace)
    let back = World.camt(
      "camt.053.001.02", World.euroAccount,
      [World.entry(payment, on: "2026-12-22", back: "AC04")])
    let result = try reconcile("back.xml", back, workspace, code: 1)
    #expect(result.talk.contains("B632") && result.output.contains("returned=0"))
    try workspace.approve(0, "ann")
    try workspace.expect(0, ["payments", "2026-11"])
    #expect(try orders(workspace).contains(payment.id))
  }
}
