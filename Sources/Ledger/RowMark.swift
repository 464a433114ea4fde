import Domain

/// A row's fate with what it means for the period.
struct RowMark: Hashable, Sendable, BitwiseCopyable {
  /// It was open when the period opened: notYetDue, or ineligible and open to assessment.
  static let wasOpen: UInt16 = 0x100
  /// It had ended before the period opened, and nothing has changed since.
  static let isSettled: UInt16 = 0x200
  /// It has changed since the period opened.
  static let hasChanged: UInt16 = 0x400
  /// It was ineligible when the period opened.
  static let wasIneligible: UInt16 = 0x800
  /// It was rejected or a duplicate when its feed was committed: its id does not make it known.
  static let isUnknown: UInt16 = 0x1000
  /// What has changed has to be written.
  static let isPending: UInt16 = 0x2000

  /// The fate in the low byte.
  var bits: UInt16

  init(bits: UInt16 = 0) {
    self.bits = bits
  }

  /// The mark of a fate of which nothing else is to be said.
  init(_ fate: RowFate) {
    bits = UInt16(fate.rawValue)
  }

  var fate: RowFate { RowFate(rawValue: UInt8(truncatingIfNeeded: bits)) }

  func has(_ bit: UInt16) -> Bool { bits & bit != 0 }

  /// Whether the row was rejected in an earlier period: only a retake changes that.
  var isSettledRejection: Bool { has(RowMark.isSettled) && fate.bucket == .rejected }

  func with(_ more: UInt16) -> RowMark { RowMark(bits: bits | more) }

  func without(_ less: UInt16) -> RowMark { RowMark(bits: bits & ~less) }

  /// The same row with another fate.
  func ending(_ fate: RowFate) -> RowMark { RowMark(bits: bits & ~0xFF | UInt16(fate.rawValue)) }

  /// The same row once its fate has changed in the period.
  func changed(to fate: RowFate) -> RowMark {
    ending(fate).without(RowMark.isSettled).with(RowMark.hasChanged)
  }

  /// What a row of an earlier period's feed is when the period opens.
  var opening: RowMark {
    switch fate.bucket {
    case .notYetDue: with(RowMark.wasOpen)
    case .ineligible: with(RowMark.wasOpen | RowMark.wasIneligible)
    default: with(RowMark.isSettled)
    }
  }

  /// What a row of a feed is once the feed is taken in.
  var committed: RowMark {
    switch fate.bucket {
    case .rejected, .duplicate, nil: with(RowMark.isUnknown)
    case .accepted, .ineligible, .notYetDue: self
    }
  }
}
