import Domain
import ExactMoney

/// The file `NAME.control.json` beside a feed: its id, control totals and digest.
package struct ControlSidecar: Sendable {
  package private(set) var feedId: String?
  package private(set) var control = ControlTotals(rows: nil, sums: nil)
  /// Of the file as delivered, lower-case hex.
  package private(set) var sha256: String?

  /// Reads a sidecar.
  ///
  /// - Throws: ``FeedRefusal`` with F108 if it is not what it should be: totals that cannot be
  ///   read, or have a misspelt name, must not pass for totals that agree.
  package init(json: [UInt8], feed: FeedFile) throws(FeedRefusal) {
    do throws(SidecarJSON.Fault) {
      guard case .object(let members) = try SidecarJSON.read(json) else {
        throw SidecarJSON.Fault(what: "is not a JSON object")
      }
      for (key, value) in members { try take(key, value) }
    } catch {
      throw FeedRefusal(
        Finding(
          .F108, feed: feed.name,
          message: "the control file \(feed.name).control.json \(error.what)"))
    }
  }

  private mutating func take(
    _ key: String, _ value: SidecarJSON.Value
  ) throws(SidecarJSON.Fault) {
    switch (key, value) {
    case ("feedId", .text(let text)): feedId = text
    case ("sha256", .text(let text)): sha256 = text.lowercased()
    case ("rows", .number(let number)) where number >= 0: control.rows = number
    case ("rows", .number): throw .init(what: "has a negative number of rows")
    case ("totals", .object(let totals)): control.sums = try ControlSidecar.sums(totals)
    case ("feedId", _), ("sha256", _), ("rows", _), ("totals", _):
      throw .init(
        what: "has a value of \(key) that is none: feedId and sha256 are texts, rows is a whole"
          + " number, totals an object")
    default:
      throw .init(
        what: "has the key \(SafeText.shown(key)); known are feedId, rows, totals and sha256")
    }
  }

  /// The sums by currency.
  private static func sums(
    _ totals: [(key: String, value: SidecarJSON.Value)]
  ) throws(SidecarJSON.Fault) -> [String: ExactAmount] {
    var sums: [String: ExactAmount] = [:]
    for (currency, value) in totals {
      guard case .text(let text) = value else {
        throw .init(what: "has a total that is not a decimal in quotation marks")
      }
      guard let amount = ExactAmount(text) else {
        throw .init(what: "has a total that is not a decimal: \(SafeText.shown(text))")
      }
      sums[currency] = amount
    }
    return sums
  }
}
