import Domain
import TestSupport
import Testing

@testable import Pipeline

@Suite("The approvals that are needed")
struct PaymentApprovalsTests {
  @Test(
    "are as many as are asked for; one more where nobody knows who ran the close",
    arguments: [(0, "carol", 0), (2, "carol", 2), (0, "", 0), (2, "", 3)])
  func number(asked: Int, closeUser: String, needed: Int) throws {
    let approvals = PaymentApprovals(
      period: try period("2026-10"), paths: WorkspacePaths(root: "/nowhere"), approvers: [],
      closeUser: closeUser.isEmpty ? nil : closeUser)
    #expect(approvals.needed(asked) == needed)
  }

  @Test("are of approvers, and not of who ran the close")
  func who() throws {
    let approvals = PaymentApprovals(
      period: try period("2026-10"), paths: WorkspacePaths(root: "/nowhere"),
      approvers: ["ann", "carol"].map { Approver(userId: $0, name: "", publicKey: []) },
      closeUser: "carol")
    #expect(try approvals.approver("ann").userId == "ann")
    for user in ["carol", "dave", "Ann"] {
      #expect(throws: RunFailure.self) { try approvals.approver(user) }
    }
  }
}
