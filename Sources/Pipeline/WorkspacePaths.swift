import Banking
import Domain
import Feeds
import Ledger
import Workspace

/// Where things are in a workspace.
struct WorkspacePaths: Sendable {
  let root: String
  /// Where temporary files stand: outside the workspace where nothing may be written in it.
  let scratch: String

  init(root: String, scratch: String? = nil) {
    self.root = root
    self.scratch = scratch ?? root + "/ledger"
  }

  /// The name of the file that says how things stand; see docs/operations.md, "status".
  static let statusName = "status.json"

  var status: String { root + "/" + WorkspacePaths.statusName }
  var inbox: String { root + "/inbox" }
  var archive: String { root + "/archive" }
  var ledger: String { root + "/ledger" }
  var outbox: String { root + "/outbox" }

  func archive(_ period: Period) -> String { archive + "/" + period.text }
  /// The copies kept of a closed period.
  func closed(_ period: Period) -> String { ledger + "/closed/" + period.text }
  func outbox(_ period: Period) -> String { outbox + "/" + period.text }

  /// The payment files of a closed period; beside the outbox, as they may come after the close.
  var payments: String { root + "/payments" }
  func payments(_ period: Period) -> String { payments + "/" + period.text }
  /// Who has signed them.
  var approvals: String { root + "/approvals" }
  func approvals(_ period: Period) -> String { approvals + "/" + period.text }
  /// The approval of a user, as findings name it.
  func approvalName(_ period: Period, _ userId: String) -> String {
    "approvals/\(period.text)/\(userId)\(PaymentApproval.fileEnding)"
  }
  func approval(_ period: Period, _ userId: String) -> String {
    root + "/" + approvalName(period, userId)
  }

  /// The files of banks that were reconciled.
  var bankArchive: String { archive + "/bank" }
  func archived(_ file: LedgerBankFile) -> String { bankArchive + "/" + file.name }
  /// What came of them, by the period that was open then.
  var reconciliations: String { root + "/reconciliation" }
  func reconciliation(_ period: Period) -> String { reconciliations + "/" + period.text }

  /// The archives whose files were unpacked in the inbox, as they were delivered. They are of no
  /// period: what is taken in, and when, is the files that came of them.
  var parcels: String { archive + "/parcels" }

  /// Where a feed that was taken in is.
  func archived(_ feed: LedgerFeed) -> String { archive(feed.period) + "/" + feed.name }

  /// The archived file of a feed, with the profile by which it was taken in.
  ///
  /// - Throws: ``RunFailure`` if that profile can no longer be used.
  func file(of feed: LedgerFeed, limits: Limits) throws(RunFailure) -> FeedFile {
    var profile: FeedProfile?
    if let kept = feed.profile {
      profile = Profiles.read(Array(kept.yaml.utf8), name: kept.name)
      guard profile != nil else {
        throw RunFailure(
          .inputOutput,
          "the profile \(SafeText.shown(kept.name)) by which \(SafeText.shown(feed.name)) was taken"
            + " in cannot be used on this machine: it may lack a time zone or an encoding")
      }
    }
    return FeedFile(
      path: archived(feed), name: feed.name,
      deliveredAs: feed.deliveredAs, limits: limits, profile: profile)
  }

  /// The most bytes of a feed's name: in the archive `~12345678` and `.control.json` may be added to
  /// it, and file systems take 255.
  static let nameBytesMax = 255 - 9 - 13

  /// The control file that belongs to a feed.
  static func sidecar(_ feed: String) -> String { feed + sidecarEnding }

  static let sidecarEnding = ".control.json"

  /// Whether a name in the inbox is that of a control file.
  static func isControl(_ name: String) -> Bool {
    !name.hasPrefix(".") && name.hasSuffix(sidecarEnding)
  }

  /// Whether a name in the inbox is that of a feed.
  static func isFeed(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.hasSuffix(".part") && !name.hasSuffix(".tmp")
      && !name.hasSuffix(sidecarEnding)
  }
}
