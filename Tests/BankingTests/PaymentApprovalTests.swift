import Banking
import ByteStreams
import Domain
import TestSupport
import Testing

@Suite("An approval")
struct PaymentApprovalTests {
  private func approval(user: String = "ann", digest: UInt8 = 1) throws -> PaymentApproval {
    let manifest = try Fixture.files([try Fixture.order("PAY-1", "12.50")]).manifest
    return PaymentApproval(manifest, digest: SHA256Digest.of([digest]), userId: user)
  }

  @Test("says what is approved: payer, period, both digests, number and sums, and who does")
  func text() throws {
    let digest = SHA256Digest.of([1]).hex
    #expect(
      try approval().text == """
        payout approval 1
        payer: P-1
        period: 2026-10
        run.json: \(digest)
        payments.json: \(digest)
        total: 1 payment, EUR 12.50
        user: ann

        """)
  }

  @Test("its file is of exactly that, or it is none")
  func files() throws {
    let approval = try approval()
    let signature = [UInt8](0..<64)
    let file = approval.file(signature: signature)
    #expect(approval.signature(in: file) == signature)
    #expect(try self.approval(user: "bob").signature(in: file) == nil)
    #expect(try self.approval(digest: 2).signature(in: file) == nil)
    for cut in [0, 10, file.count - 1] {
      #expect(approval.signature(in: Array(file.prefix(cut))) == nil)
    }
    #expect(approval.signature(in: file + [0x0A]) == nil)
    for byte in file.indices where byte % 7 == 0 {
      var changed = file
      changed[byte] ^= 1
      #expect(approval.signature(in: changed) != signature)
    }
  }
}
