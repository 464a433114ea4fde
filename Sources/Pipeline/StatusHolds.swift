import Domain
import ExactMoney
import Ledger

/// The holds of a register by reason, and for how many periods in a row each one lasts.
struct StatusHolds {
  private var ages: [[UInt8]: [String: Int]] = [:]
  private let register: StatusRegister

  /// - Parameter period: The one of the register; the closes before it say how long.
  /// - Throws: What the ledger throws.
  init(_ register: StatusRegister, ledger: Ledger, before period: Period) throws {
    self.register = register
    for (key, row) in register.held {
      for code in row.codes { ages[key, default: [:]][code] = 1 }
    }
    var lasting = Set(ages.keys)
    let earlier = ledger.closes.map(\.period).filter { $0 < period }
    for (back, period) in earlier.reversed().enumerated() where !lasting.isEmpty {
      lasting = try goBack(to: period, age: back + 2, ledger, lasting)
    }
  }

  /// Counts the holds that had lasted in an earlier period already.
  ///
  /// - Returns: The balances that may have been held before that.
  private mutating func goBack(
    to period: Period, age: Int, _ ledger: Ledger, _ lasting: Set<[UInt8]>
  ) throws -> Set<[UInt8]> {
    var held: Set<[UInt8]> = []
    for settlement in try ledger.settlements(period) {
      let name = settlement.balance
      guard
        let key = VerifyRegister.key(
          participantId: name.participantId, program: name.program, currency: name.currency.code,
          in: register.held),
        lasting.contains(key)
      else { continue }
      for code in settlement.holds.codes where ages[key]?[code.rawValue] == age - 1 {
        ages[key]?[code.rawValue] = age
        held.insert(key)
      }
    }
    return held
  }

  /// By reason.
  var holds: [StatusReport.Hold] {
    let codes = Set(ages.values.flatMap(\.keys)).compactMap { FindingCode(rawValue: $0) }
    return codes.sorted().map { code in
      let keys = ages.filter { $0.value[code.rawValue] != nil }
      var sums: [String: Int128] = [:]
      for key in keys.keys {
        guard let row = register.held[key] else { continue }
        sums[row.currency, default: 0] += row.closing
      }
      let counts = Dictionary(grouping: keys.values) { $0[code.rawValue] ?? 1 }
      return StatusReport.Hold(
        reason: code, balances: keys.count, amounts: StatusBalances.amounts(sums),
        ages: counts.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 })
    }
  }
}

/// The balances of a register, added up by currency.
enum StatusBalances {
  static func sums(_ sums: [StatusRegister.Sum]) -> [StatusReport.Balance] {
    sums.sorted { $0.currency < $1.currency }.map { sum in
      StatusReport.Balance(
        currency: sum.currency, balances: sum.balances,
        amounts: zip(VerifyRegister.amounts, sum.amounts).map { ($0, text($1, sum.currency)) })
    }
  }

  static func amounts(_ sums: [String: Int128]) -> [StatusReport.Amount] {
    sums.sorted { $0.key < $1.key }.map {
      StatusReport.Amount(currency: $0.key, amount: text($0.value, $0.key))
    }
  }

  /// Millionths with the currency's own decimals.
  private static func text(_ millionths: Int128, _ code: String) -> String {
    guard let currency = Currency(code) else { return VerifyAmount.text(millionths) }
    let unit = (currency.minorDigits..<VerifyAmount.places).reduce(Int128(1)) { power, _ in
      power * 10
    }
    return Money(minorUnits: millionths / unit, currency: currency).text
  }
}
