import ByteStreams
import Domain
import Testing

@testable import Ledger

@Suite("Payment files in the ledger")
struct LedgerPaymentFilesTests {
  private func files(_ period: Period = .october) -> LedgerPaymentFiles {
    var files = LedgerPaymentFiles(
      period: period, manifestDigest: .sample("files"), configuration: "openPeriod: 2026-10\n")
    files.approvals = ["ann", "bob"].map { user in
      LedgerPaymentApproval(
        userId: user, publicKey: Array(repeating: 1, count: 32),
        signature: Array(repeating: 2, count: 64))
    }
    return files
  }

  private func ledger(
    _ directory: LedgerTestDirectory, _ change: (inout LedgerClose) -> Void = { _ in }
  ) throws -> LedgerDatabase {
    let ledger = try directory.open()
    try ledger.begin(.october)
    var close = LedgerFixture.close([try LedgerFixture.paid()])
    change(&close)
    try ledger.close(close)
    return ledger
  }

  @Test("come with the close, and who made it")
  func withClose() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try ledger(directory) { close in
      close.userId = "carol"
      close.paymentFiles = files()
    }
    #expect(try ledger.closeUser(.october) == "carol")
    #expect(try ledger.closeUser(.november) == nil)
    #expect(try ledger.paymentFiles(.october) == files())
    #expect(try ledger.verify() == [])
  }

  @Test("come later, once and for ever")
  func later() throws {
    let directory = try LedgerTestDirectory()
    let ledger = try ledger(directory)
    #expect(try ledger.closeUser(.october) == nil)
    #expect(try ledger.paymentFiles(.october) == nil)
    try ledger.database.transaction { () throws(LedgerFault) in try ledger.insert(files()) }
    #expect(try ledger.paymentFiles(.october) == files())
    var others = files()
    others.manifestDigest = .sample("others")
    #expect(throws: LedgerFault.self) { try ledger.insert(others) }
    #expect(throws: LedgerFault.self, "not closed") { try ledger.insert(files(.november)) }
    for sql in [
      "UPDATE paymentFiles SET configuration = NULL", "DELETE FROM paymentFiles",
      "DELETE FROM paymentApproval", "UPDATE paymentApproval SET userId = 'x'",
      "INSERT INTO closeUser VALUES ('2026-10', 'late')",
      "INSERT OR REPLACE INTO paymentApproval SELECT * FROM paymentApproval",
    ] {
      #expect(throws: LedgerFault.self, "\(sql)") { try ledger.database.execute(sql) }
    }
    #expect(try ledger.paymentFiles(.october) == files())
  }
}
