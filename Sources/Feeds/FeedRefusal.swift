package import Domain

/// The feed as a whole cannot be taken in; nothing of it is kept.
package struct FeedRefusal: Error, Sendable {
  package let finding: Finding

  package init(_ finding: Finding) {
    self.finding = finding
  }
}
