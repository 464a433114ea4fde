import ByteStreams
import Domain

/// An accepted earning whose followers are looked for.
struct FollowedEarning {
  var id: Hash128
  var owner: UInt64
  var day: Day

  init(id: Hash128, owner: UInt64, day: Day) {
    (self.id, self.owner, self.day) = (id, owner, day)
  }

  init(_ key: KnownKey) {
    (id, owner, day) = (key.id, key.owner, key.day)
  }

  /// The row of a reference, which others may follow in turn.
  init(followerOf reference: KnownKey) {
    (id, owner, day) = (reference.content, reference.owner, reference.day)
  }
}
