import Banking
import ByteStreams
import Domain
import Ledger
import Workspace

/// The approvals of a period's payments: files of the workspace, one of each user.
struct PaymentApprovals {
  let period: Period
  let paths: WorkspacePaths
  /// Who may approve.
  let approvers: [Approver]
  /// Who ran the close; nil where that was not recorded.
  let closeUser: String?

  /// What there is.
  struct Found {
    /// By user; each was given by another key.
    var valid: [LedgerPaymentApproval] = []
    /// Of those that do not count.
    var findings: [Finding] = []
  }

  /// Looks at all approvals of some payments.
  ///
  /// - Throws: ``FileError``.
  func find(_ manifest: PaymentManifest, digest: SHA256Digest) throws(FileError) -> Found {
    var found = Found()
    for name in try FileSystem.listDirectory(paths.approvals(period))
    where name.hasSuffix(PaymentApproval.fileEnding) && !name.hasPrefix(".") {
      let userId = String(name.dropLast(PaymentApproval.fileEnding.count))
      let approval = PaymentApproval(manifest, digest: digest, userId: userId)
      do throws(Fault) {
        found.valid.append(try check(approval, userId))
      } catch {
        found.findings.append(
          Finding(
            .B607, feed: paths.approvalName(period, userId),
            message: "the approval of \(SafeText.shown(userId)) does not count: \(error.what)"))
      }
    }
    return found
  }

  /// How many approvals are needed so that `asked` of them are of others than who ran the close.
  ///
  /// Where nobody knows who that was, it is one of all who have approved, at most.
  func needed(_ asked: Int) -> Int {
    asked > 0 && closeUser == nil ? asked + 1 : asked
  }

  /// The approver with this id.
  ///
  /// - Throws: ``RunFailure`` with code 65 if there is none, or it is who ran the close.
  func approver(_ userId: String) throws(RunFailure) -> Approver {
    guard let approver = approvers.first(where: { $0.userId == userId }) else {
      throw RunFailure(
        .sumsDisagree, "\(SafeText.shown(userId)) is not in registry/approvers.csv")
    }
    guard userId != closeUser else {
      throw RunFailure(
        .sumsDisagree,
        "\(SafeText.shown(userId)) ran the close of \(period.text): others have to approve it")
    }
    return approver
  }

  private struct Fault: Error {
    var what: String
  }

  private func check(
    _ approval: PaymentApproval, _ userId: String
  ) throws(Fault) -> LedgerPaymentApproval {
    let approver: Approver
    do throws(RunFailure) {
      approver = try self.approver(userId)
    } catch {
      throw Fault(what: error.message)
    }
    guard let file = try? FileSystem.readFile(paths.approval(period, userId), limit: 1 << 16) else {
      throw Fault(what: "its file cannot be read")
    }
    guard let signature = approval.signature(in: file) else {
      throw Fault(what: "it is of other payments than those that would be written now")
    }
    let text = Array(approval.text.utf8)
    guard Ed25519.isSigned(text, by: approver.publicKey, signature: signature) else {
      throw Fault(what: "it is not signed with that user's key")
    }
    return LedgerPaymentApproval(
      userId: userId, publicKey: approver.publicKey, signature: signature)
  }
}
