import ExactMoney

/// How many payments there are of which size, by currency; sizes go in steps of 1, 2, 5, 10.
struct PaymentHistogram {
  /// Payments from `from` up to, and without, `to`.
  struct Bin {
    var from: Money
    var to: Money
    var payments: Int
    var sum: Money
  }

  private struct Counted {
    var payments: Int
    var sum: Money
  }

  private var counted: [Currency: [Int: Counted]] = [:]

  /// - Throws: ``MoneyError/overflow``.
  mutating func add(_ payment: Money) throws(MoneyError) {
    let step = PaymentHistogram.step(of: payment)
    let zero = Counted(payments: 0, sum: .zero(payment.currency))
    var entry = counted[payment.currency, default: [:]][step] ?? zero
    entry.payments += 1
    entry.sum = try entry.sum.plus(payment)
    counted[payment.currency, default: [:]][step] = entry
  }

  /// By currency, all bins from the first that has a payment to the last.
  var all: [(currency: Currency, bins: [Bin])] {
    counted.sorted { $0.key < $1.key }.map { currency, steps in
      let range = (steps.keys.min() ?? 0)...(steps.keys.max() ?? 0)
      return (currency, range.map { PaymentHistogram.bin($0, steps[$0], currency) })
    }
  }

  private static func bin(_ step: Int, _ counted: Counted?, _ currency: Currency) -> Bin {
    Bin(
      from: step == 0
        ? .zero(currency) : Money(minorUnits: bound(step - 1, currency), currency: currency),
      to: Money(minorUnits: bound(step, currency), currency: currency),
      payments: counted?.payments ?? 0, sum: counted?.sum ?? .zero(currency))
  }

  /// Where a step ends, in minor units: 1, 2, 5, 10, 20 … of the major unit.
  private static func bound(_ step: Int, _ currency: Currency) -> Int128 {
    let power = (0..<(currency.minorDigits + step / 3)).reduce(Int128(1)) { power, _ in power * 10 }
    return power * [1, 2, 5][step % 3]
  }

  private static func step(of payment: Money) -> Int {
    var step = 0
    // 10³⁴ minor units are the most that 128 bits hold of a bound.
    while step < 90, payment.minorUnits >= bound(step, payment.currency) { step += 1 }
    return step
  }
}
