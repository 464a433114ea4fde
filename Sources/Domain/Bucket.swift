/// Where a row ended; the raw values are kept in the ledger and never change their meaning.
@usableFromInline
package enum Bucket: UInt8, CaseIterable, Hashable, Sendable {
  case accepted = 1
  case ineligible = 2
  case notYetDue = 3
  case duplicate = 4
  case rejected = 5

  package var name: String { "\(self)" }
}
