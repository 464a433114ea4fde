/// Which part of a feed that comes in several files.
package struct FeedPart: Hashable, Sendable {
  /// What all parts share.
  package var group: String
  /// Counts from 1.
  package var number: Int
  package var count: Int

  /// Under which the ledger knows the part.
  package var feedId: String { feedId(number) }

  /// The most parts that a feed may have.
  package static let countMax = 10_000

  /// Whether there can be such a part.
  package var isPossible: Bool { number >= 1 && number <= count && count <= FeedPart.countMax }

  /// The ids of all parts, in order; only of a possible one.
  package var feedIds: [String] { (1...count).map(feedId) }

  private func feedId(_ number: Int) -> String { "\(group) \(number)/\(count)" }
}
