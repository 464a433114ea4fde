import ByteStreams
import Domain
import Feeds

/// Where the work of a command has come, for people who look on.
package struct Progress: Sendable, Equatable {
  /// What is counted.
  package enum Unit: Sendable {
    case bytes, partners
  }

  /// What is done, in a few words.
  package var work: String
  package var done: Int
  /// Nil where nobody knows how much there is.
  package var total: Int?
  package var unit: Unit

  package init(work: String, done: Int, total: Int?, unit: Unit) {
    self.work = work
    self.done = done
    self.total = total
    self.unit = unit
  }
}

/// Told how far the work has come: often, by the thread that began the command, and never after its
/// end.
package typealias ProgressSink = @Sendable (Progress) -> Void

extension Progress {
  /// How far a feed was read: up to a batch of its rows.
  ///
  /// How much there is nobody knows of a feed that is compressed.
  init(reading file: FeedFile, _ batch: EarningBatch) {
    self.init(
      work: "reading " + file.name, done: batch.byteOffsets.last ?? 0, total: file.byteCount,
      unit: .bytes)
  }
}
