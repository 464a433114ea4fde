/// How a value exactly between two neighbours is rounded.
///
/// Both modes treat x and −x alike.
package enum RoundingMode: String, Hashable, Sendable, CaseIterable {
  /// Away from zero, what a spreadsheet's ROUND does.
  case halfAwayFromZero
  /// To the neighbour whose last digit is even.
  case halfEven
}
