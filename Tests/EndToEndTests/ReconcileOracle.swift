import Foundation
import Testing

/// Keeps the books of a ``ReconcileWorld`` in another way: whole numbers of hundredths, a list of
/// payments, and what was said of each.
struct ReconcileOracle {
  enum State: String, CaseIterable {
    case open, booked, returned, rejected
  }

  struct Entry {
    var payment: ReconcileWorld.Payment
    var gross: Int
    var state = State.open
    /// Whether it was booked before it came back.
    var hasLeft = false
    var isPutBack = false
  }

  private(set) var balances: [String: Int] = [:]
  private(set) var entries: [String: Entry] = [:]
  private var earned: [String: Int] = [:]

  static func total(_ partner: String, _ gross: Int) -> Int {
    switch partner {
    case "A": gross + gross * 19 / 100
    case "B": gross - gross / 10
    case "C": gross + gross * 19 / 100 - gross / 10
    default: gross
    }
  }

  mutating func say(_ payment: ReconcileWorld.Payment?, _ state: State) throws {
    let id = try #require(payment?.id)
    if state == .booked { entries[id]?.hasLeft = true }
    entries[id]?.state = state
  }

  /// Closes a month: what came back is in the balance again, and all that is not held is paid.
  mutating func close(
    _ period: String, held: Set<String>, _ payments: [String: ReconcileWorld.Payment],
    _ world: ReconcileWorld
  ) throws {
    let month = try #require(Int(period.suffix(2)))
    for (id, entry) in entries
    where !entry.isPutBack && (entry.state == .returned || entry.state == .rejected) {
      balances[entry.payment.partner, default: 0] += entry.gross
      entries[id]?.isPutBack = true
    }
    let register = try world.register(period)
    for partner in ReconcileWorld.partners {
      balances[partner, default: 0] += ReconcileWorld.earned(partner, month)
      earned[partner, default: 0] += ReconcileWorld.earned(partner, month)
      let row = try #require(register[partner])
      if held.contains(partner) {
        #expect(payments[partner] == nil, "\(partner) in \(period)")
        #expect(row["holdReasons"] == "H509")
      } else {
        try pay(partner, try #require(payments[partner], "\(partner) in \(period)"))
      }
      #expect(row["closing"] == ReconcileWorld.text(balances[partner] ?? 0), "\(partner) \(period)")
    }
    check()
  }

  private mutating func pay(_ partner: String, _ payment: ReconcileWorld.Payment) throws {
    let gross = balances[partner] ?? 0
    #expect(payment.amount == Self.total(partner, gross), "\(partner)")
    #expect(entries[payment.id] == nil, "a paymentId is never used again")
    entries[payment.id] = Entry(payment: payment, gross: gross)
    balances[partner] = 0
  }

  /// All that was earned is in a balance, on its way, or with the partner.
  private func check() {
    for partner in ReconcileWorld.partners {
      let out = entries.values.filter { $0.payment.partner == partner && !$0.isPutBack }
      let sum = out.reduce(balances[partner] ?? 0) { $0 + $1.gross }
      #expect(sum == earned[partner], "\(partner)")
    }
  }

  /// Compares the report with what should be in it.
  func check(_ period: String, _ world: ReconcileWorld, charges: [String: Int] = [:]) throws {
    let sums = try world.sums(period)
    for currency in ["EUR", "GBP"] {
      let own = entries.values.filter { $0.payment.currency == currency }
      let sum = try #require(sums[currency])
      func expect(_ key: String, _ cents: Int) {
        #expect(
          sum[key] as? String == ReconcileWorld.text(cents), "\(currency) \(key) in \(period)")
      }
      expect("issued", own.reduce(0) { $0 + $1.payment.amount })
      for state in State.allCases {
        expect(
          state.rawValue, own.filter { $0.state == state }.reduce(0) { $0 + $1.payment.amount })
      }
      expect("rest", 0)
      expect("bankRest", 0)
      let left = own.filter { $0.hasLeft && $0.state == .booked }
      expect("difference", charges[currency] ?? 0)
      expect("moved", left.reduce(charges[currency] ?? 0) { $0 + $1.payment.amount })
    }
    check()
  }
}
