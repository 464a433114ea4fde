package import ExactMoney

/// The payments that differ most from those of the period before, by currency.
package struct Movements: Sendable {
  /// A balance and what it was paid then and now.
  package struct Movement: Sendable {
    package var participantId: String
    package var participantName: String
    package var program: String
    package var before: Money
    package var now: Money
    package let difference: Money

    /// - Throws: ``MoneyError/overflow``.
    package init(
      participantId: String, participantName: String, program: String, before: Money, now: Money
    ) throws(MoneyError) {
      self.participantId = participantId
      self.participantName = participantName
      self.program = program
      self.before = before
      self.now = now
      difference = try now.minus(before)
    }
  }

  /// How many are kept of each currency.
  package static let listed = 10

  private var largest: [Currency: [Movement]] = [:]

  package init() {}

  /// Keeps a movement if it is one of the largest; of two that are as large, the one that came first.
  package mutating func add(_ movement: Movement) {
    let size = movement.difference.minorUnits.magnitude
    guard size > 0 else { return }
    var list = largest[movement.difference.currency] ?? []
    if list.count == Self.listed, let last = list.last,
      last.difference.minorUnits.magnitude >= size
    {
      return
    }
    let place = list.firstIndex { $0.difference.minorUnits.magnitude < size } ?? list.count
    list.insert(movement, at: place)
    if list.count > Self.listed { list.removeLast() }
    largest[movement.difference.currency] = list
  }

  /// By currency, the largest first.
  var all: [(currency: Currency, movements: [Movement])] {
    largest.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
