/// Which part of a feed that comes in several files.
package struct FeedPart: Hashable, Sendable {
  /// What all parts share.
  package var group: String
  /// Counts from 1.
  package var number: Int
  package var count: Int

  /// Under which the ledger knows the part.
  package var feedId: String { feedId(number) }

  /// The ids of all parts, in order.
  package var feedIds: [String] { count < 1 ? [] : (1...min(count, 10_000)).map(feedId) }

  private func feedId(_ number: Int) -> String { "\(group) \(number)/\(count)" }
}
