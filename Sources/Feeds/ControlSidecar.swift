import Domain
import ExactMoney
import FoundationEssentials

/// The file `NAME.control.json` beside a feed: its id, control totals and digest.
package struct ControlSidecar: Sendable {
  package var feedId: String?
  package var control: ControlTotals
  /// Of the file as delivered, lower-case hex.
  package var sha256: String?

  private struct File: Decodable {
    var feedId: String?
    var rows: Int?
    var totals: [String: String]?
    var sha256: String?
  }

  /// Reads a sidecar.
  ///
  /// - Throws: ``FeedRefusal`` with F108 if it is not what it should be: totals that cannot be
  ///   read must not pass for totals that agree.
  package init(json: [UInt8], feed: FeedFile) throws(FeedRefusal) {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(json))
    } catch {
      throw ControlSidecar.unreadable(feed, "is not JSON with feedId, rows, totals and sha256")
    }
    if let rows = file.rows, rows < 0 {
      throw ControlSidecar.unreadable(feed, "has a negative number of rows")
    }
    var sums: [String: ExactAmount]?
    if let totals = file.totals {
      var read: [String: ExactAmount] = [:]
      for (currency, text) in totals {
        guard let amount = ExactAmount(text) else {
          throw ControlSidecar.unreadable(
            feed, "has a total that is not a decimal: \(SafeText.shown(text))")
        }
        read[currency] = amount
      }
      sums = read
    }
    feedId = file.feedId
    sha256 = file.sha256?.lowercased()
    control = ControlTotals(rows: file.rows, sums: sums)
  }

  private static func unreadable(_ feed: FeedFile, _ what: String) -> FeedRefusal {
    FeedRefusal(
      Finding(
        .F108, feed: feed.name,
        message: "the control file \(feed.name).control.json \(what)"))
  }
}
